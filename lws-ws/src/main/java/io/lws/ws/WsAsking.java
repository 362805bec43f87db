package io.lws.ws;

import io.lws.http.Headers;
import io.lws.http.client.UpgradeAnswers;
import io.lws.http.spi.WebSocketKey;
import java.net.CookieHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks with, wherever it is sent to. Who it is it tells the host of its URI alone. Its loop's thread, which
 * {@code cookies} is asked on.
 *
 * @param own fields that the user has added
 */
record WsAsking(
        WsUri uri,
        Headers own,
        List<String> subprotocols,
        List<WsExtension> extensions,
        @Nullable CookieHandler cookies) {
    /** User and password, as far as {@code to} may know them. */
    @Nullable
    String userInfo(WsUri to) {
        return to.isSameHost(uri) ? uri.userInfo() : null;
    }

    /** The same as a value of the Authorization field. */
    @Nullable
    String basic(WsUri to) {
        String userInfo = userInfo(to);
        return userInfo == null ? null : UpgradeAnswers.basic(userInfo);
    }

    /** A fresh request, with {@code authorization} where it has to prove something. */
    WsClientRequest request(WsUri to, @Nullable String authorization) {
        Headers.Builder sent = (to.isSameHost(uri) ? own : own.withoutCredentials()).toBuilder();
        if (authorization != null) {
            sent.add("Authorization", authorization);
        }
        WsCookies.add(cookies, to, sent);
        return new WsClientRequest(to, WebSocketKey.fresh(), subprotocols, extensions, sent.build());
    }
}
