package io.lws.plugins.deaddrop;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.form.FormLimits;
import io.lws.http.form.FormReader;
import io.lws.http.sse.SseEvent;
import io.lws.http.sse.SseStream;
import io.lws.http.sse.SseTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes files by {@code POST upload}, lists them by {@code GET list}, and says by {@code GET events} that there are more.
 * Who may do that is the mount's to say.
 */
final class DeaddropProtocol implements HttpProtocol<DeaddropProtocol.Pss> {
    private static final SseEvent CHANGED = SseEvent.of("more").named("changed");

    static final class Pss {
        @Nullable
        Upload upload;

        @Nullable
        FormReader reader;

        @Nullable
        SseStream stream;
    }

    private final Path directory;
    private final FormLimits limits;
    private final SseTopic topic = new SseTopic(0);

    DeaddropProtocol(Vhost vhost, ProtocolOptions options) {
        directory = Path.of(options.string("upload-dir"));
        limits = FormLimits.builder()
                .fileBytes(options.integer("max-size", 10_000_000))
                .build();
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException("upload-dir " + directory + " cannot be written to");
        }
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        String asked = http.request().method() + " "
                + http.mount().remainder(http.request().path());
        switch (asked) {
            case "POST /upload" -> {
                Upload upload = new Upload(directory);
                http.pss().upload = upload;
                http.pss().reader = FormReader.of(http.request().header("content-type"), limits, upload);
            }
            case "GET /list" -> http.respond(200, "application/json", list());
            case "GET /events" -> {
                SseStream stream = SseStream.open(http);
                http.pss().stream = stream;
                topic.join(stream);
            }
            default -> http.respondError(404, Headers.EMPTY, "");
        }
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        if (http.pss().reader != null) {
            http.pss().reader.feed(rx);
        }
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        if (http.pss().reader != null && http.pss().upload != null) {
            http.pss().reader.end();
            topic.publish(CHANGED);
            String stored = String.join(", ", http.pss().upload.stored);
            http.respond(200, "text/plain;charset=utf-8", "stored " + (stored.isEmpty() ? "nothing" : stored) + "\n");
        }
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        if (http.pss().stream != null) {
            http.pss().stream.onWriteable(tx);
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().upload != null) {
            http.pss().upload.end();
        }
        if (http.pss().stream != null) {
            topic.leave(http.pss().stream);
            http.pss().stream.onClosed();
        }
    }

    /** Names as {@code FormFile.safeName} makes them need no escapes in JSON; what else lies there is not listed. */
    private String list() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.\"\\\\\\p{Cntrl}][^\"\\\\\\p{Cntrl}]*"))
                    .sorted()
                    .map(DeaddropProtocol::entry)
                    .collect(Collectors.joining(",\n", "[", "]\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entry(Path file) {
        try {
            return "{\"name\":\"" + file.getFileName() + "\",\"octets\":" + Files.size(file) + "}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
