package io.lws.http.files;

import io.lws.CloseInfo;
import io.lws.http.ByteRanges;
import io.lws.http.ByteRanges.Range;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.Preconditions;
import io.lws.http.coding.AcceptEncoding;
import io.lws.http.coding.ContentCoding;
import io.lws.http.files.Resolution.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves a file mount: GET and HEAD, conditional requests, ranges, sendfile where the transport can. One per loop; files
 * served lately are kept ready, see {@link FileCache}.
 */
public final class FileProtocol implements HttpProtocol<FileProtocol.Pss> {
    private static final Headers ALLOW = Headers.of("Allow", "GET, HEAD");
    private static final byte[] NO_CONTENT = {};

    private final FileResolver resolver;
    private final FileCache cache;

    /** What is being sent, if it is not sent whole at once. */
    static final class Pss {
        @Nullable
        Outgoing outgoing;

        Pss() {}

        void step(HttpTransaction<Pss> http, HttpTx tx) {
            Outgoing going = outgoing;
            try {
                switch (going == null ? Outgoing.Progress.DONE : going.step(tx)) {
                    case LATER -> http.requestWriteable();
                    case DONE -> tx.finish();
                    case CUT_SHORT -> http.abort(); // only the end of the connection can say so now
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            if (outgoing != null) {
                outgoing.close();
            }
        }
    }

    /** {@link IllegalArgumentException} when the mount's origin is not a directory. */
    public FileProtocol(Mount mount) {
        resolver = new FileResolver(mount);
        cache = new FileCache(mount);
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (refusesMethod(http)) {
            return;
        }
        String path = http.request().path();
        ServedFile known = cache.fresh(path, http.loop().nowNs());
        if (known != null) {
            serveOrCompressed(http, path, known);
        } else {
            look(http, path);
        }
    }

    /** What is not read is told so. */
    static boolean refusesMethod(HttpTransaction<Pss> http) {
        HttpMethod method = http.request().method();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            return false;
        }
        http.respondError(HttpStatus.METHOD_NOT_ALLOWED, ALLOW, "");
        return true;
    }

    private void serveOrCompressed(HttpTransaction<Pss> http, String path, ServedFile file) {
        Found instead = file.found.compressed().isEmpty() ? null : compressed(http, file.found);
        if (instead == null) {
            serve(http, file);
        } else {
            // no path holds that character
            open(http, path + '\n' + instead.coding(), instead);
        }
    }

    /** The file in a form the client likes better, or null. */
    private static @Nullable Found compressed(HttpTransaction<Pss> http, Found plain) {
        List<ContentCoding> codings = new ArrayList<>();
        for (Found each : plain.compressed()) {
            if (each.coding() != null) {
                codings.add(each.coding());
            }
        }
        ContentCoding chosen = AcceptEncoding.choose(http.request().header("accept-encoding"), codings);
        return chosen == null ? null : plain.compressed().get(codings.indexOf(chosen));
    }

    private void look(HttpTransaction<Pss> http, String path) {
        Resolution resolution = resolver.resolve(path);
        if (resolution instanceof Found found) {
            open(http, path, found);
            return;
        }
        cache.forget(path);
        if (resolution instanceof Resolution.Redirect redirect) {
            redirect(http, redirect.location());
        } else {
            http.respondError(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
        }
    }

    static void redirect(HttpTransaction<Pss> http, String path) {
        String query = http.request().target().query();
        String location = query == null ? path : path + "?" + query;
        http.respond(HttpStatus.MOVED_PERMANENTLY, Headers.of("Location", location), NO_CONTENT);
    }

    private void open(HttpTransaction<Pss> http, String key, Found found) {
        ServedFile file;
        try {
            file = cache.found(key, found, http.loop());
        } catch (NoSuchFileException | AccessDeniedException e) {
            http.respondError(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
            return;
        } catch (IOException e) {
            // there it is, but it changes while it is read, or no descriptor is left
            http.respondError(HttpStatus.SERVICE_UNAVAILABLE, Headers.EMPTY, "");
            return;
        }
        if (found.coding() == null) {
            serveOrCompressed(http, key, file);
        } else {
            serve(http, file);
        }
        if (!cache.keeps(key, file)) {
            file.discard();
        }
    }

    static void serve(HttpTransaction<Pss> http, ServedFile file) {
        HttpRequest request = http.request();
        Found found = file.found;
        long nowEpochSecond = Math.floorDiv(System.currentTimeMillis(), 1000L);
        switch (Preconditions.evaluate(
                request.method(), request, found.etag(), found.modifiedEpochSecond(), nowEpochSecond)) {
            case NOT_MODIFIED -> http.respond(HttpStatus.NOT_MODIFIED, file.headers, NO_CONTENT);
            case FAILED -> http.respondError(HttpStatus.PRECONDITION_FAILED, Headers.EMPTY, "");
            case PROCEED -> {
                String range = request.method() == HttpMethod.GET ? request.header("range") : null;
                if (range != null
                        && Preconditions.rangeApplies(
                                request, found.etag(), found.modifiedEpochSecond(), nowEpochSecond)) {
                    sendRanges(http, file, ByteRanges.parse(range, found.lengthBytes()));
                } else {
                    sendWhole(http, file);
                }
            }
        }
    }

    private static void sendWhole(HttpTransaction<Pss> http, ServedFile file) {
        if (file.content != null) {
            http.respond(HttpStatus.OK, file.headers, file.content);
        } else {
            sendSlice(http, file, HttpStatus.OK, file.headers, 0, file.found.lengthBytes());
        }
    }

    private static void sendRanges(HttpTransaction<Pss> http, ServedFile file, ByteRanges wanted) {
        long fileBytes = file.found.lengthBytes();
        switch (wanted.outcome()) {
            case WHOLE -> sendWhole(http, file);
            case UNSATISFIABLE ->
                http.respondError(
                        HttpStatus.RANGE_NOT_SATISFIABLE, Headers.of("Content-Range", "bytes */" + fileBytes), "");
            case PARTIAL -> {
                if (wanted.ranges().size() == 1) {
                    sendRange(http, file, wanted.ranges().get(0));
                } else {
                    sendParts(http, file, new RangeParts(wanted.ranges(), file.found.contentType(), fileBytes));
                }
            }
        }
    }

    private static void sendRange(HttpTransaction<Pss> http, ServedFile file, Range range) {
        Headers headers = file.headers.toBuilder()
                .add("Content-Range", range.contentRange(file.found.lengthBytes()))
                .build();
        if (file.content != null) {
            ByteBuffer part = ByteBuffer.wrap(file.content, (int) range.first(), (int) range.lengthBytes());
            http.respond(HttpStatus.PARTIAL_CONTENT, headers, part);
        } else {
            sendSlice(http, file, HttpStatus.PARTIAL_CONTENT, headers, range.first(), range.last() + 1);
        }
    }

    private static void sendParts(HttpTransaction<Pss> http, ServedFile file, RangeParts parts) {
        Headers headers = file.headers.with("Content-Type", parts.contentType());
        if (file.content == null) {
            http.pss().outgoing = Sending.parts(file.use(), parts);
            start(http, HttpStatus.PARTIAL_CONTENT, headers, parts.lengthBytes());
            return;
        }
        ByteBuffer body = ByteBuffer.allocate((int) parts.lengthBytes());
        for (int i = 0; i < parts.count(); i++) {
            Range range = parts.range(i);
            body.put(parts.lead(i)).put(file.content, (int) range.first(), (int) range.lengthBytes());
        }
        http.respond(
                HttpStatus.PARTIAL_CONTENT,
                headers,
                body.put(parts.lead(parts.count())).flip());
    }

    private static void sendSlice(
            HttpTransaction<Pss> http, ServedFile file, int status, Headers headers, long from, long to) {
        if (http.request().method() != HttpMethod.HEAD) {
            http.pss().outgoing = Sending.slice(file.use(), from, to);
        }
        start(http, status, headers, to - from);
    }

    private static void start(HttpTransaction<Pss> http, int status, Headers headers, long lengthBytes) {
        http.start(status, headers, lengthBytes);
        http.requestWriteable();
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        http.pss().step(http, tx);
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        http.pss().close();
    }

    @Override
    public void close() {
        cache.clear();
    }
}
