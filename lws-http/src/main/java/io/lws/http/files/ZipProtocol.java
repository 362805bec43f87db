package io.lws.http.files;

import io.lws.CloseInfo;
import io.lws.http.ByteRanges;
import io.lws.http.ByteRanges.Range;
import io.lws.http.EntityTag;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.Preconditions;
import io.lws.http.files.FileProtocol.Pss;
import io.lws.http.files.Resolution.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Serves the entries of a zip file: GET and HEAD, conditional requests, ranges; of an entry of more than {@value
 * #MAX_CONTENT_BYTES} bytes one range at a time, for which all in front of it is inflated and thrown away. Entries whose
 * name has a segment that begins with a dot are not found. One per loop; the archive stays open, and is opened anew once
 * it has been replaced, looked at once a second at most.
 */
public final class ZipProtocol implements HttpProtocol<Pss> {
    /** Entries up to here are kept in memory. */
    static final int MAX_CONTENT_BYTES = 256 << 10;

    static final int MAX_MEMORY_BYTES = 4 << 20;
    private static final long FRESH_NS = 1_000_000_000L;
    private static final byte[] NO_CONTENT = {};

    private final Mount mount;
    private final Path file;
    private final Map<String, ServedFile> served = new LinkedHashMap<>(64, 0.75f, true);
    private OpenArchive archive;
    private long checkedNs;
    private int memoryBytes;

    /** {@link IllegalArgumentException} when the mount's origin is not a zip file. */
    public ZipProtocol(Mount mount) {
        this.mount = mount;
        file = mount.origin();
        try {
            archive = OpenArchive.open(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("origin of mount " + mount + " is no zip file", e);
        }
        checkedNs = System.nanoTime();
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (FileProtocol.refusesMethod(http)) {
            return;
        }
        lookAtArchive();
        String path = http.request().path();
        String below = mount.remainder(path);
        boolean hidden = FileResolver.hasHiddenSegment(below);
        String name = below.isEmpty() ? "" : below.substring(1);
        boolean directory = name.isEmpty() || name.endsWith("/");
        ZipEntry entry = hidden ? null : archive.entry(directory ? name + mount.index() : name);
        if (below.isEmpty() && !path.endsWith("/") || entry == null && !hidden && !directory && isDirectory(name)) {
            FileProtocol.redirect(http, FileResolver.directoryLocation(path));
        } else if (entry == null) {
            http.respondError(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
        } else {
            serve(http, entry);
        }
    }

    private boolean isDirectory(String name) {
        return archive.zip.getEntry(name + "/") != null || archive.entry(name + "/" + mount.index()) != null;
    }

    /** What has replaced it and cannot be read is not served; what was, still is. */
    private void lookAtArchive() {
        long nowNs = System.nanoTime();
        if (nowNs - checkedNs < FRESH_NS) {
            return;
        }
        checkedNs = nowNs;
        if (!archive.isStill(file)) {
            OpenArchive next;
            try {
                next = OpenArchive.open(file);
            } catch (IOException e) {
                return;
            }
            archive.release();
            archive = next;
            served.clear();
            memoryBytes = 0;
        }
    }

    private void serve(HttpTransaction<Pss> http, ZipEntry entry) {
        try {
            if (entry.getSize() <= MAX_CONTENT_BYTES) {
                FileProtocol.serve(http, inMemory(entry));
            } else {
                serveLarge(http, entry);
            }
        } catch (IOException e) {
            http.respondError(HttpStatus.INTERNAL_SERVER_ERROR, Headers.EMPTY, "");
        }
    }

    private Found found(ZipEntry entry) {
        long modifiedMillis = entry.getLastModifiedTime() == null
                ? 0
                : entry.getLastModifiedTime().toMillis();
        return new Found(
                file,
                entry.getSize(),
                Math.floorDiv(modifiedMillis, 1000L),
                EntityTag.strong(Long.toHexString(entry.getCrc()) + '-' + Long.toHexString(entry.getSize())),
                mount.mimeTypes().ofFileName(entry.getName()));
    }

    private ServedFile inMemory(ZipEntry entry) throws IOException {
        ServedFile known = served.get(entry.getName());
        if (known != null) {
            return known;
        }
        byte[] content;
        try (InputStream in = archive.zip.getInputStream(entry)) {
            content = in.readNBytes((int) entry.getSize());
        }
        if (content.length < entry.getSize()) {
            throw new IOException("entry " + entry.getName() + " is shorter than it says");
        }
        ServedFile fresh = ServedFile.inMemory(found(entry), mount, content);
        served.put(entry.getName(), fresh);
        memoryBytes += content.length;
        for (Iterator<ServedFile> eldest = served.values().iterator(); memoryBytes > MAX_MEMORY_BYTES; ) {
            memoryBytes -= eldest.next().memoryBytes();
            eldest.remove();
        }
        return fresh;
    }

    private void serveLarge(HttpTransaction<Pss> http, ZipEntry entry) throws IOException {
        Found found = found(entry);
        HttpRequest request = http.request();
        Headers headers = ServedFile.headers(found, mount);
        long nowEpochSecond = Math.floorDiv(System.currentTimeMillis(), 1000L);
        switch (Preconditions.evaluate(
                request.method(), request, found.etag(), found.modifiedEpochSecond(), nowEpochSecond)) {
            case NOT_MODIFIED -> http.respond(HttpStatus.NOT_MODIFIED, headers, NO_CONTENT);
            case FAILED -> http.respondError(HttpStatus.PRECONDITION_FAILED, Headers.EMPTY, "");
            case PROCEED -> {
                String range = request.method() == HttpMethod.GET ? request.header("range") : null;
                boolean applies = range != null
                        && Preconditions.rangeApplies(
                                request, found.etag(), found.modifiedEpochSecond(), nowEpochSecond);
                if (range == null || !applies) {
                    sendLarge(http, entry, headers, null);
                } else {
                    sendLargeRange(http, entry, headers, ByteRanges.parse(range, entry.getSize()));
                }
            }
        }
    }

    private void sendLargeRange(HttpTransaction<Pss> http, ZipEntry entry, Headers headers, ByteRanges wanted)
            throws IOException {
        switch (wanted.outcome()) {
            case UNSATISFIABLE ->
                http.respondError(
                        HttpStatus.RANGE_NOT_SATISFIABLE,
                        Headers.of("Content-Range", "bytes */" + entry.getSize()),
                        "");
            case WHOLE -> sendLarge(http, entry, headers, null);
            case PARTIAL ->
                // several would mean to inflate it several times: whoever asks for them can take all of it
                sendLarge(
                        http,
                        entry,
                        headers,
                        wanted.ranges().size() == 1 ? wanted.ranges().get(0) : null);
        }
    }

    /** The whole entry where {@code range} is null. */
    private void sendLarge(HttpTransaction<Pss> http, ZipEntry entry, Headers headers, @Nullable Range range)
            throws IOException {
        long from = range == null ? 0 : range.first();
        long lengthBytes = range == null ? entry.getSize() : range.lengthBytes();
        if (http.request().method() == HttpMethod.GET) {
            InputStream content = archive.zip.getInputStream(entry);
            http.pss().outgoing = new Inflating(archive.use(), content, from, lengthBytes);
        }
        Headers said = range == null
                ? headers
                : headers.toBuilder()
                        .add("Content-Range", range.contentRange(entry.getSize()))
                        .build();
        http.start(range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT, said, lengthBytes);
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
        archive.release();
    }
}
