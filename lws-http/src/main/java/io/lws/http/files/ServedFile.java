package io.lws.http.files;

import io.lws.http.Headers;
import io.lws.http.HttpDate;
import io.lws.http.Mount;
import io.lws.http.files.Resolution.Found;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file ready to be sent many times: its fields encoded, and its content in memory when it is small, else open. One
 * loop's thread.
 */
final class ServedFile {
    /** Content up to here is kept in memory. */
    static final int MAX_CONTENT_BYTES = 64 << 10;

    final Found found;
    final Headers headers;

    /** All of the file, or null when that is more than {@link #MAX_CONTENT_BYTES}. */
    final byte @Nullable [] content;

    private @Nullable OpenFile file;

    private ServedFile(Found found, Headers headers, byte @Nullable [] content, @Nullable OpenFile file) {
        this.found = found;
        this.headers = headers;
        this.content = content;
        this.file = file;
    }

    /** Opens a file that was found, and reads it when it is small. */
    static ServedFile open(Found found, Mount mount, Poller poller) throws IOException {
        Headers headers = headers(found, mount);
        if (found.lengthBytes() > MAX_CONTENT_BYTES) {
            return new ServedFile(found, headers, null, new OpenFile(found.open(poller)));
        }
        FileChannel channel = found.open();
        byte[] content = new byte[(int) found.lengthBytes()];
        ByteBuffer buffer = ByteBuffer.wrap(content);
        try (channel) {
            while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {}
        }
        if (buffer.hasRemaining()) {
            throw new IOException("the file became shorter while it was read");
        }
        return new ServedFile(found, headers, content, null);
    }

    /** What is in memory anyway. */
    static ServedFile inMemory(Found found, Mount mount, byte[] content) {
        return new ServedFile(found, headers(found, mount), content, null);
    }

    static Headers headers(Found found, Mount mount) {
        Headers.Builder headers = Headers.builder()
                .add("Content-Type", found.contentType())
                .add("Last-Modified", HttpDate.format(found.modifiedEpochSecond()))
                .add("ETag", found.etag().toString())
                .add("Cache-Control", mount.cacheControl())
                .add("Accept-Ranges", "bytes");
        if (found.varies()) {
            headers.add("Vary", "Accept-Encoding");
        }
        if (found.coding() != null) {
            headers.add("Content-Encoding", found.coding().token());
        }
        return headers.build();
    }

    /** The open file, for one more user who releases it; {@link IllegalStateException} when it is in memory. */
    OpenFile use() {
        if (file == null) {
            throw new IllegalStateException("in memory, or discarded");
        }
        return file.use();
    }

    int memoryBytes() {
        return content == null ? 0 : content.length;
    }

    /** Not to be served any more; answers under way go on. */
    void discard() {
        if (file != null) {
            file.release();
            file = null;
        }
    }
}
