package io.lws.mqtt.packet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A payload that nobody holds: it is read piece by piece while the broker takes it. Its length is known before, as it
 * stands in front of the payload on the wire.
 */
public interface PayloadSource {
    /** Of the whole payload; always the same. */
    int totalBytes();

    /**
     * Puts bytes into {@code into}, the first of which stands at {@code offset} of the payload; some or all that there is
     * room for, and no byte where the next one is not there yet. A message of QoS 1 or 2 that has to be sent again is read
     * again from 0, and must say the same then. On the session's loop, where it must not block.
     *
     * @throws IOException when the rest cannot be had: the message fails with 0x80
     */
    void read(int offset, ByteBuffer into) throws IOException;

    /**
     * The file as it is now, to be left so until the message is done. It is found again by a store that outlives the
     * process.
     *
     * @throws IOException when it cannot be read, or is longer than a message may be
     */
    static PayloadSource ofFile(Path file) throws IOException {
        return FilePayload.of(file);
    }
}
