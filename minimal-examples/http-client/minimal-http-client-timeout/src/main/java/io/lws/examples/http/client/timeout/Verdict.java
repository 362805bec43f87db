package io.lws.examples.http.client.timeout;

import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClientException;
import org.jspecify.annotations.Nullable;

/** Says which of the limits it was. */
final class Verdict {
    private Verdict() {}

    static String of(@Nullable ClientResponse response, @Nullable Throwable failure) {
        if (failure instanceof HttpClientException why) {
            return why.reason() + ": " + String.valueOf(why.getMessage()).replaceAll("[0-9]+/", "PORT/");
        }
        return response == null ? "failed: " + failure : "answered: " + response.status();
    }
}
