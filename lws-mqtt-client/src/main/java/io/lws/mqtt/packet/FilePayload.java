package io.lws.mqtt.packet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A payload in a file, which is open only while a piece is read, so that any number may wait. {@code modifiedMs} is when
 * it was last written to: a file that has changed since is not sent.
 */
public record FilePayload(Path file, int totalBytes, long modifiedMs) implements PayloadSource {
    public FilePayload {
        file = file.toAbsolutePath();
        if (totalBytes < 0 || totalBytes > PublishHead.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + totalBytes + " bytes");
        }
    }

    static FilePayload of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() > PublishHead.MAX_PAYLOAD_BYTES) {
            throw new IOException(file + ": " + now.size() + " bytes are more than a message may have");
        }
        return new FilePayload(file, (int) now.size(), now.lastModifiedTime().toMillis());
    }

    @Override
    public void read(int offset, ByteBuffer into) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() != totalBytes || now.lastModifiedTime().toMillis() != modifiedMs) {
            throw new IOException(file + ": has changed");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.read(into, offset) < 0) {
                throw new EOFException(file + ": has become shorter");
            }
        }
    }
}
