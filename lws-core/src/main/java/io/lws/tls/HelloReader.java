package io.lws.tls;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Collects the first handshake message of a connection out of records, however it is cut (RFC 8446 §5.1), and keeps the
 * records as they came for the engine that is made later. Sans-I/O; memory grows with what arrives, up to a bound.
 *
 * <p>A {@link ProtocolException} carries the TLS alert to answer with.
 */
final class HelloReader {
    private static final int CLIENT_HELLO = 1;
    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int FIRST_BYTES = 512;

    /** How far it is. */
    enum Status {
        /** The rest has not arrived. */
        MORE,
        COMPLETE,
        /** The first byte, which is left unread, begins no TLS record. */
        NOT_TLS
    }

    private final int maxBytes;
    /** Records as they came. */
    private ByteBuffer raw;
    /** Where the next byte of the current record's fragment stands in {@link #raw}, and where that record ends. */
    private int recordStart;

    private int recordEnd = TlsRecord.HEADER_BYTES;
    private boolean headerRead;
    /** Bytes of the message in whole records and in the current one. */
    private int messageBytes;

    private int messageLength = -1;
    private int messageHeader;

    /** {@code maxBytes} is the most that is kept, record headers included. */
    HelloReader(int maxBytes) {
        this.maxBytes = maxBytes;
        raw = ByteBuffer.allocate(Math.min(FIRST_BYTES, maxBytes));
    }

    /** Reads what belongs to the hello; bytes behind its last record stay in {@code in}. */
    Status feed(ByteBuffer in) {
        if (raw.position() == 0 && in.hasRemaining() && in.get(in.position()) != TlsRecord.HANDSHAKE) {
            return Status.NOT_TLS;
        }
        while (in.hasRemaining()) {
            take(in, recordEnd - raw.position());
            if (raw.position() < recordEnd) {
                countMessage();
                return Status.MORE;
            }
            if (!headerRead) {
                readHeader();
            } else if (endOfRecord()) {
                return Status.COMPLETE;
            }
        }
        return Status.MORE;
    }

    private void take(ByteBuffer in, int wanted) {
        int n = Math.min(wanted, in.remaining());
        if (raw.position() + n > maxBytes) {
            throw new ProtocolException(TlsAlert.ILLEGAL_PARAMETER, "ClientHello above " + maxBytes + " bytes");
        }
        if (raw.remaining() < n) {
            int capacity = Math.min(maxBytes, Math.max(raw.capacity() * 2, raw.position() + n));
            raw = ByteBuffer.allocate(capacity).put(raw.flip());
        }
        raw.put(raw.position(), in, in.position(), n);
        raw.position(raw.position() + n);
        in.position(in.position() + n);
    }

    private void readHeader() {
        int at = recordEnd - TlsRecord.HEADER_BYTES;
        if (raw.get(at) != TlsRecord.HANDSHAKE) {
            throw new ProtocolException(TlsAlert.UNEXPECTED_MESSAGE, "a record in the ClientHello is no handshake");
        }
        if (raw.get(at + 1) != 3) {
            throw new ProtocolException(TlsAlert.PROTOCOL_VERSION, "the record's version is no TLS");
        }
        int length = raw.getShort(at + 3) & 0xffff;
        if (length == 0 || length > TlsRecord.MAX_PLAIN_BYTES) {
            throw new ProtocolException(
                    length == 0 ? TlsAlert.UNEXPECTED_MESSAGE : TlsAlert.RECORD_OVERFLOW,
                    "a handshake record of " + length + " bytes");
        }
        headerRead = true;
        recordStart = recordEnd;
        recordEnd += length;
    }

    private boolean endOfRecord() {
        countMessage();
        headerRead = false;
        if (messageLength >= 0 && messageBytes >= MESSAGE_HEADER_BYTES + messageLength) {
            return true;
        }
        recordEnd += TlsRecord.HEADER_BYTES;
        return false;
    }

    /** The message's own header may itself be cut across records. */
    private void countMessage() {
        if (!headerRead) {
            return;
        }
        for (; recordStart < raw.position() && messageBytes < MESSAGE_HEADER_BYTES; recordStart++, messageBytes++) {
            messageHeader = messageHeader << 8 | (raw.get(recordStart) & 0xff);
            if (messageBytes == 0 && messageHeader != CLIENT_HELLO) {
                throw new ProtocolException(TlsAlert.UNEXPECTED_MESSAGE, "the first message is no ClientHello");
            }
        }
        messageBytes += raw.position() - recordStart;
        recordStart = raw.position();
        if (messageBytes >= MESSAGE_HEADER_BYTES && messageLength < 0) {
            messageLength = messageHeader & 0xffffff;
            if (messageLength > maxBytes) {
                throw new ProtocolException(TlsAlert.ILLEGAL_PARAMETER, "ClientHello above " + maxBytes + " bytes");
            }
        }
    }

    /** What it holds. Only after {@link Status#COMPLETE}. */
    ClientHello hello() {
        return ClientHello.parse(message());
    }

    /** The records read so far, to be read by the caller once. */
    ByteBuffer records() {
        return raw.duplicate().flip();
    }

    private ByteBuffer message() {
        ByteBuffer message = ByteBuffer.allocate(messageLength + MESSAGE_HEADER_BYTES);
        ByteBuffer from = records();
        while (message.hasRemaining()) {
            int length = from.getShort(from.position() + 3) & 0xffff;
            int at = from.position() + TlsRecord.HEADER_BYTES;
            message.put(from.slice(at, Math.min(length, message.remaining())));
            from.position(at + length);
        }
        return message.flip().position(MESSAGE_HEADER_BYTES);
    }
}
