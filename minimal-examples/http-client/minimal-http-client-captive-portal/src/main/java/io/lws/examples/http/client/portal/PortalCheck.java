package io.lws.examples.http.client.portal;

import io.lws.http.HttpStatus;
import io.lws.http.client.ClientResponse;
import org.jspecify.annotations.Nullable;

/** What the answer to the probe means. */
final class PortalCheck {
    private PortalCheck() {}

    static String verdict(@Nullable ClientResponse response, @Nullable Throwable failure) {
        if (response == null) {
            return "offline: " + (failure == null ? "no answer" : failure.getMessage());
        }
        if (response.status() == HttpStatus.NO_CONTENT) {
            return "online";
        }
        String where = response.header("location");
        return "captive portal: " + (where == null ? "status " + response.status() : "sign in at " + where);
    }
}
