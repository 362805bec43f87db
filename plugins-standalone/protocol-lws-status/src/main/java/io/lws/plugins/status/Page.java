package io.lws.plugins.status;

import io.lws.http.Headers;
import io.lws.http.HttpTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, which lie beside this class. */
final class Page {
    private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "status.css", "text/css; charset=utf-8",
            "status.js", "text/javascript; charset=utf-8",
            "plots.js", "text/javascript; charset=utf-8",
            "format.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, byte[]> files = new HashMap<>();

    Page() {
        for (String name : TYPES.keySet()) {
            files.put(name, read(name));
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page itself at the mountpoint with a slash behind it, and its parts below. */
    void answer(HttpTransaction<@Nullable Void> http) {
        String path = http.request().path();
        if (path.equals(http.mount().mountpoint()) && !path.endsWith("/")) {
            http.respond(301, Headers.of("Location", path + "/"), new byte[0]);
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String file = name.isEmpty() ? "index.html" : name;
        byte[] content = files.get(file);
        if (content == null) {
            ServerStatusProtocol.nothingHere(http);
            return;
        }
        Headers headers = Headers.builder()
                .add("Content-Type", String.valueOf(TYPES.get(file)))
                .add("Content-Security-Policy", POLICY)
                .add("Cache-Control", "no-cache")
                .build();
        http.respond(200, headers, content);
    }
}
