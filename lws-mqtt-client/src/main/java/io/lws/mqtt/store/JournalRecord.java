package io.lws.mqtt.store;

import io.lws.ProtocolException;
import io.lws.mqtt.codec.PacketEncoder;
import io.lws.mqtt.codec.PublishPacketReader;
import io.lws.mqtt.packet.FilePayload;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PublishHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal:
 *
 * <pre>
 *   4 bytes  length of the body
 *   4 bytes  CRC-32C of the body
 *   body     1 byte kind, 2 bytes packet identifier, then
 *            ACCEPTED:      the message as a PUBLISH of MQTT 5.0
 *            COUNT:         8 bytes, the number of messages accepted before this line
 *            ACCEPTED_FILE: 4 bytes length and 8 bytes time of a file, the message with the file's name for a payload
 * </pre>
 */
final class JournalRecord {
    static final int HEAD_BYTES = 8;
    private static final int FIXED_BODY_BYTES = 3;
    private static final int FILE_BYTES = Integer.BYTES + Long.BYTES;

    /** What a line says; the ordinal is in the file, so new ones go last. */
    enum Kind {
        COUNT,
        ACCEPTED,
        RELEASED,
        COMPLETED,
        RECEIVED,
        FORGOTTEN,
        ACCEPTED_FILE;

        private static final Kind[] VALUES = values();
    }

    /** A line read back. */
    record Line(
            Kind kind,
            int packetId,
            @Nullable MqttMessage message,
            @Nullable FilePayload payload,
            long count) {
        Line(Kind kind, int packetId, @Nullable MqttMessage message, long count) {
            this(kind, packetId, message, null, count);
        }
    }

    private final PacketEncoder encoder = new PacketEncoder(MqttVersion.V5);

    ByteBuffer plain(Kind kind, int packetId) {
        return sealed(begin(kind, packetId, 0));
    }

    ByteBuffer count(long count) {
        return sealed(begin(Kind.COUNT, 0, Long.BYTES).putLong(count));
    }

    ByteBuffer accepted(int packetId, MqttMessage message) {
        ByteBuffer head = encoder.encode(new PublishHead(
                false,
                message.qos(),
                message.retain(),
                message.topic(),
                packetId,
                message.properties(),
                message.payloadBytes()));
        return sealed(begin(Kind.ACCEPTED, packetId, head.remaining() + message.payloadBytes())
                .put(head)
                .put(message.payload()));
    }

    ByteBuffer accepted(int packetId, MqttMessage message, FilePayload payload) {
        ByteBuffer named = accepted(
                packetId,
                message.withPayload(ByteBuffer.wrap(payload.file().toString().getBytes(StandardCharsets.UTF_8))));
        int from = HEAD_BYTES + FIXED_BODY_BYTES;
        return sealed(begin(Kind.ACCEPTED_FILE, packetId, FILE_BYTES + named.limit() - from)
                .putInt(payload.totalBytes())
                .putLong(payload.modifiedMs())
                .put(named.position(from)));
    }

    private static ByteBuffer begin(Kind kind, int packetId, int moreBytes) {
        return ByteBuffer.allocate(HEAD_BYTES + FIXED_BODY_BYTES + moreBytes)
                .position(HEAD_BYTES)
                .put((byte) kind.ordinal())
                .putShort((short) packetId);
    }

    private static ByteBuffer sealed(ByteBuffer line) {
        line.flip();
        line.putInt(0, line.limit() - HEAD_BYTES);
        line.putInt(4, checksum(line.slice(HEAD_BYTES, line.limit() - HEAD_BYTES)));
        return line;
    }

    private static int checksum(ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }

    /** The next line, or {@code null} where the rest of {@code in} is none: it ends early, or was never finished. */
    static @Nullable Line read(ByteBuffer in) {
        if (in.remaining() < HEAD_BYTES) {
            return null;
        }
        int length = in.getInt(in.position());
        if (length < FIXED_BODY_BYTES || length > in.remaining() - HEAD_BYTES) {
            return null;
        }
        ByteBuffer body = in.slice(in.position() + HEAD_BYTES, length);
        if (checksum(body.duplicate()) != in.getInt(in.position() + 4)) {
            return null;
        }
        Line line = parse(body);
        if (line != null) {
            in.position(in.position() + HEAD_BYTES + length);
        }
        return line;
    }

    private static @Nullable Line parse(ByteBuffer body) {
        int ordinal = body.get();
        if (ordinal < 0 || ordinal >= Kind.VALUES.length) {
            return null;
        }
        Kind kind = Kind.VALUES[ordinal];
        int packetId = body.getShort() & 0xffff;
        if (kind == Kind.COUNT) {
            return body.remaining() == Long.BYTES ? new Line(kind, 0, null, body.getLong()) : null;
        }
        try {
            return switch (kind) {
                case ACCEPTED -> new Line(kind, packetId, PublishPacketReader.read(body), 0);
                case ACCEPTED_FILE -> inFile(packetId, body);
                default -> new Line(kind, packetId, null, 0);
            };
        } catch (ProtocolException | InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Line inFile(int packetId, ByteBuffer body) {
        if (body.remaining() < FILE_BYTES) {
            return null;
        }
        int totalBytes = body.getInt();
        long modifiedMs = body.getLong();
        MqttMessage named = PublishPacketReader.read(body);
        if (totalBytes < 0 || totalBytes > PublishHead.MAX_PAYLOAD_BYTES) {
            return null;
        }
        return new Line(
                Kind.ACCEPTED_FILE,
                packetId,
                named.withPayload(ByteBuffer.allocate(0)),
                new FilePayload(Path.of(named.text()), totalBytes, modifiedMs),
                0);
    }
}
