package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Whole messages out of their pieces; grows with what has come. */
final class MessageAssembly {
    private static final int FIRST_BYTES = 16 << 10;

    private ByteBuffer collected = ByteBuffer.allocate(0);

    /** The message when {@code rx} is its last piece, else {@code null}. */
    @Nullable
    MqttMessage add(MqttRx rx) {
        if (rx.isFirst()) {
            collected = ByteBuffer.allocate(rx.isLast() ? rx.totalBytes() : Math.min(FIRST_BYTES, rx.totalBytes()));
        }
        if (collected.remaining() < rx.bytes().remaining()) {
            grow(rx.bytes().remaining(), rx.totalBytes());
        }
        collected.put(rx.bytes().duplicate());
        if (!rx.isLast()) {
            return null;
        }
        MqttMessage message = rx.message(collected.flip());
        collected = ByteBuffer.allocate(0);
        return message;
    }

    private void grow(int more, int totalBytes) {
        int wanted = Math.max(2 * collected.capacity(), collected.position() + more);
        collected = ByteBuffer.allocate(Math.min(totalBytes, wanted)).put(collected.flip());
    }
}
