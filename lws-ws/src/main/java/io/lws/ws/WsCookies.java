package io.lws.ws;

import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between a client's handshake and a {@link CookieHandler}, which knows http and maps of fields. */
final class WsCookies {
    private WsCookies() {}

    /** Adds what {@code handler} has for {@code to}, as one field. */
    static void add(@Nullable CookieHandler handler, WsUri to, Headers.Builder sent) {
        if (handler == null) {
            return;
        }
        List<String> cookies;
        try {
            cookies = handler.get(to.asHttp(), Map.of()).getOrDefault("Cookie", List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!cookies.isEmpty()) {
            sent.add("Cookie", String.join("; ", cookies));
        }
    }

    /** Gives {@code handler} the cookies of an answer. */
    static void store(@Nullable CookieHandler handler, WsUri from, HttpResponse answer) {
        List<String> lines = answer.headers("set-cookie");
        if (handler == null || lines.isEmpty()) {
            return;
        }
        try {
            handler.put(from.asHttp(), Map.of("Set-Cookie", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
