package io.lws.examples.http.fts;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Answers searches in JSON. The index never changes, so all loops share it. */
final class SearchProtocol implements HttpProtocol<Void> {
    private static final int MAX_FOUND = 50;

    private final WordIndex index;

    SearchProtocol(Vhost vhost, ProtocolOptions options) {
        try {
            index = WordIndex.of(Path.of(options.string("texts")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        String asked = http.mount().remainder(http.request().path());
        if (asked.startsWith("/r/")) {
            List<String> lines = index.find(asked.substring(3), MAX_FOUND).stream()
                    .map(line -> "{\"file\":" + quoted(line.file()) + ",\"line\":" + line.number() + ",\"text\":"
                            + quoted(line.text()) + "}")
                    .toList();
            respond(http, lines);
        } else if (asked.startsWith("/a/")) {
            respond(
                    http,
                    index.beginningWith(asked.substring(3), MAX_FOUND).stream()
                            .map(SearchProtocol::quoted)
                            .toList());
        } else {
            http.respondError(404, Headers.EMPTY, "");
        }
    }

    private static void respond(HttpTransaction<Void> http, List<String> json) {
        http.respond(200, "application/json", json.stream().collect(Collectors.joining(",\n", "[", "]\n")));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
    }
}
