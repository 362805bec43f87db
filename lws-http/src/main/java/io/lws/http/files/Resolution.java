package io.lws.http.files;

import io.lws.http.EntityTag;
import io.lws.http.coding.ContentCoding;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a path on a file mount turned out to be. */
public sealed interface Resolution {
    /**
     * A regular file under the root.
     *
     * @param file its canonical path
     * @param contentType value of Content-Type
     * @param coding how its content is compressed, or null
     * @param compressed the same file compressed beforehand
     */
    record Found(
            Path file,
            long lengthBytes,
            long modifiedEpochSecond,
            EntityTag etag,
            String contentType,
            @Nullable ContentCoding coding,
            List<Found> compressed)
            implements Resolution {
        /** A file as it is, of which there is nothing compressed. */
        public Found(Path file, long lengthBytes, long modifiedEpochSecond, EntityTag etag, String contentType) {
            this(file, lengthBytes, modifiedEpochSecond, etag, contentType, null, List.of());
        }

        /** Whether what is sent goes by what the client takes. */
        boolean varies() {
            return coding != null || !compressed.isEmpty();
        }

        /** Opens it for reading; refuses when the last name has become a link since. The caller closes. */
        public FileChannel open() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }

        /** As {@link #open()}, to be sent from by connections of that poller's loop. */
        FileChannel open(Poller poller) throws IOException {
            return poller.openFile(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A directory asked for without the slash at its end; {@code location} is an encoded absolute path. */
    record Redirect(String location) implements Resolution {}

    /** Nothing that may be served. Why, the client is not told. */
    record NotFound() implements Resolution {
        static final NotFound INSTANCE = new NotFound();
    }
}
