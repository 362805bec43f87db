package io.lws.tls;

/** The alert descriptions this side sends before an engine could (RFC 8446 §6.2), by their wire codes. */
final class TlsAlert {
    static final int CLOSE_NOTIFY = 0;
    static final int UNEXPECTED_MESSAGE = 10;
    static final int RECORD_OVERFLOW = 22;
    static final int ILLEGAL_PARAMETER = 47;
    static final int DECODE_ERROR = 50;
    static final int PROTOCOL_VERSION = 70;
    static final int INTERNAL_ERROR = 80;
    static final int NO_RENEGOTIATION = 100;
    static final int UNRECOGNIZED_NAME = 112;
    static final int NO_APPLICATION_PROTOCOL = 120;

    private static final byte FATAL = 2;

    private TlsAlert() {}

    /** A fatal alert as a plaintext record, which is what goes out before keys are agreed on (RFC 8446 §5.1). */
    static byte[] record(int description) {
        return new byte[] {TlsRecord.ALERT, 3, 3, 0, 2, FATAL, (byte) description};
    }
}
