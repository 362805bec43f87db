package io.lws.http.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/** A file that several answers may be sent from at once; closed with its last user. One loop's thread. */
final class OpenFile {
    final FileChannel channel;
    private int users = 1;

    /** The caller is the first user. */
    OpenFile(FileChannel channel) {
        this.channel = channel;
    }

    OpenFile use() {
        users++;
        return this;
    }

    void release() {
        if (--users == 0) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
