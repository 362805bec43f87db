package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A whole message, immutable: made on any thread, sent by any loop to any number of peers. It is encoded once, with the
 * frame header a server sends, so that each further receiver costs one bulk copy.
 */
public final class WsMessage {
    private final WsOpcode opcode;
    /** Header as a server writes it, then the payload. */
    private final byte[] frame;

    private final int headerBytes;
    private final @Nullable WsShared shared;

    private WsMessage(WsOpcode opcode, byte[] frame, int headerBytes, @Nullable WsShared shared) {
        this.opcode = opcode;
        this.frame = frame;
        this.headerBytes = headerBytes;
        this.shared = shared;
    }

    /** Text; an unpaired surrogate is sent as a question mark. */
    public static WsMessage text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return of(WsOpcode.TEXT, ByteBuffer.wrap(utf8), 0, utf8.length);
    }

    /** Binary: a copy of what lies between position and limit of {@code payload}, neither of which moves. */
    public static WsMessage binary(ByteBuffer payload) {
        return of(WsOpcode.BINARY, payload, payload.position(), payload.remaining());
    }

    /** A copy of {@code lengthBytes} of {@code source} from the absolute index {@code from}. */
    static WsMessage of(WsOpcode opcode, ByteBuffer source, int from, int lengthBytes) {
        return framed(opcode, WsWire.FIN | opcode.code(), source, from, lengthBytes);
    }

    private static WsMessage framed(WsOpcode opcode, int head, ByteBuffer source, int from, int lengthBytes) {
        int headerBytes = WsFrameWriter.plainHeaderBytes(lengthBytes);
        byte[] frame = new byte[headerBytes + lengthBytes];
        WsFrameWriter.SERVER.header(ByteBuffer.wrap(frame), head, lengthBytes);
        source.get(from, frame, headerBytes, lengthBytes);
        return new WsMessage(opcode, frame, headerBytes, null);
    }

    /** The same bytes, to be sent to many: what compressing them costs is paid once. */
    WsMessage toMany(Object topic) {
        return new WsMessage(opcode, frame, headerBytes, new WsShared(topic));
    }

    /** What goes on the wire for this one when an extension, whose bit is {@code bit}, makes {@code payload} of it. */
    WsMessage transformed(int bit, byte[] payload) {
        return framed(opcode, head() | bit, ByteBuffer.wrap(payload), 0, payload.length);
    }

    public WsOpcode opcode() {
        return opcode;
    }

    public boolean isText() {
        return opcode == WsOpcode.TEXT;
    }

    /** Length of the payload. */
    public int lengthBytes() {
        return frame.length - headerBytes;
    }

    /** A read-only view of the payload. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(frame, headerBytes, lengthBytes()).slice().asReadOnlyBuffer();
    }

    /** The payload as UTF-8. */
    public String text() {
        return new String(frame, headerBytes, lengthBytes(), StandardCharsets.UTF_8);
    }

    /** What its many receivers share, or null where it is for one. */
    @Nullable
    WsShared shared() {
        return shared;
    }

    /** First byte of the frame. */
    int head() {
        return frame[0] & 0xff;
    }

    /** Bytes a server sends for it. */
    int frameBytes() {
        return frame.length;
    }

    /** Writes bytes {@code [from, from + lengthBytes)} of the server's frame: a long one may go out in parts. */
    void copyFrameTo(ByteBuffer out, int from, int lengthBytes) {
        out.put(frame, from, lengthBytes);
    }

    /** As {@link #copyFrameTo}, counted from the start of the payload. */
    void copyPayloadTo(ByteBuffer out, int from, int lengthBytes) {
        out.put(frame, headerBytes + from, lengthBytes);
    }
}
