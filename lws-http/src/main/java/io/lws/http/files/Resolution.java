package io.lws.http.files;

import io.lws.http.EntityTag;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a path on a file mount turned out to be. */
public sealed interface Resolution {
    /**
     * A regular file under the root.
     *
     * @param file its canonical path
     * @param contentType value of Content-Type
     */
    record Found(Path file, long lengthBytes, long modifiedEpochSecond, EntityTag etag, String contentType)
            implements Resolution {
        /** Opens it for reading; refuses when the last name has become a link since. The caller closes. */
        public FileChannel open() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A directory asked for without the slash at its end; {@code location} is an encoded absolute path. */
    record Redirect(String location) implements Resolution {}

    /** Nothing that may be served. Why, the client is not told. */
    record NotFound() implements Resolution {
        static final NotFound INSTANCE = new NotFound();
    }
}
