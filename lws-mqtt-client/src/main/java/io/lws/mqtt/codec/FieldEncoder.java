package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperties.Pair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds a packet in a buffer that is used again. Room for the longest fixed header is left in front, so that the
 * remaining length can be put there once it is known.
 */
final class FieldEncoder {
    private static final int MAX_HEADER = 5;
    private static final int MAX_IDLE_BYTES = 64 << 10;

    private byte[] bytes = new byte[256];
    private int at;

    FieldEncoder begin() {
        if (bytes.length > MAX_IDLE_BYTES) {
            bytes = new byte[256];
        }
        at = MAX_HEADER;
        return this;
    }

    FieldEncoder oneByte(int value) {
        room(1);
        bytes[at++] = (byte) value;
        return this;
    }

    FieldEncoder twoByte(int value) {
        return oneByte(value >> 8).oneByte(value);
    }

    FieldEncoder variable(int value) {
        int rest = value;
        while (rest > 0x7f) {
            oneByte(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        return oneByte(rest);
    }

    FieldEncoder text(String text) {
        int length = text.length();
        room(2 + length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return binary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            }
            bytes[at + 2 + i] = (byte) c;
        }
        twoByte(length);
        at += length;
        return this;
    }

    FieldEncoder binary(ByteBuffer value) {
        twoByte(value.remaining());
        return raw(value);
    }

    FieldEncoder raw(ByteBuffer value) {
        int length = value.remaining();
        room(length);
        value.get(value.position(), bytes, at, length);
        at += length;
        return this;
    }

    /** {@code null} stands for no properties. */
    FieldEncoder properties(@Nullable MqttProperties properties) {
        if (properties == null || properties.isEmpty()) {
            return oneByte(0);
        }
        int start = at;
        for (MqttProperties.Entry each : properties.entries()) {
            property(each);
        }
        // they moved up by as much as their length takes
        int length = at - start;
        byte[] body = Arrays.copyOfRange(bytes, start, at);
        at = start;
        return variable(length).raw(ByteBuffer.wrap(body));
    }

    private void property(MqttProperties.Entry each) {
        variable(each.property().identifier());
        switch (each.property().kind()) {
            case BYTE -> oneByte((int) number(each));
            case TWO_BYTE -> twoByte((int) number(each));
            case FOUR_BYTE -> twoByte((int) (number(each) >> 16)).twoByte((int) number(each));
            case VARIABLE -> variable((int) number(each));
            case TEXT -> text((String) each.value());
            case BINARY -> binary((ByteBuffer) each.value());
            case PAIR -> text(((Pair) each.value()).name()).text(((Pair) each.value()).value());
        }
    }

    private static long number(MqttProperties.Entry each) {
        return (Long) each.value();
    }

    /**
     * The packet, good until the next one is begun.
     *
     * @param payloadBytes what the caller sends behind it as part of the same packet
     */
    ByteBuffer end(int firstByte, int payloadBytes) {
        int end = at;
        int length = end - MAX_HEADER + payloadBytes;
        int start = MAX_HEADER - 1 - variableBytes(length);
        at = start;
        oneByte(firstByte).variable(length);
        return ByteBuffer.wrap(bytes, start, end - start);
    }

    ByteBuffer end(int firstByte) {
        return end(firstByte, 0);
    }

    static int variableBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    private void room(int more) {
        if (at + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more));
        }
    }
}
