package io.lws.ws;

/** Close codes (RFC 6455 7.4 and the IANA registry behind it). */
public final class WsCloseCode {
    /** Done, nothing wrong. */
    public static final int NORMAL = 1000;
    /** The server stops or the page is left. */
    public static final int GOING_AWAY = 1001;
    /** The peer broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;
    /** A kind of message this end cannot use, such as binary where only text makes sense. */
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: the peer's close frame had no code. */
    public static final int NO_STATUS = 1005;
    /** Never on the wire: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;
    /** Text that is not UTF-8. */
    public static final int INVALID_PAYLOAD = 1007;
    /** Refused for a reason of the application's own. */
    public static final int POLICY_VIOLATION = 1008;
    /** A message or frame beyond the limit. */
    public static final int TOO_BIG = 1009;
    /** The server did not agree to an extension the client cannot do without. */
    public static final int MANDATORY_EXTENSION = 1010;
    /** This end failed. */
    public static final int INTERNAL_ERROR = 1011;
    /** The server restarts; come back. */
    public static final int SERVICE_RESTART = 1012;
    /** Overload; come back later. */
    public static final int TRY_AGAIN_LATER = 1013;
    /** The server behind this one answered nonsense. */
    public static final int BAD_GATEWAY = 1014;
    /** Never on the wire: TLS failed. */
    public static final int TLS_HANDSHAKE = 1015;

    private static final int UNASSIGNED = 1004;
    private static final int FIRST_OF_LIBRARIES = 3000;
    private static final int LAST_OF_APPLICATIONS = 4999;

    private WsCloseCode() {}

    /** @throws IllegalArgumentException unless a close frame can say {@code code}, or by having none {@link #NO_STATUS} */
    static void requireSendable(int code) {
        if (code != NO_STATUS && !isAllowedOnWire(code)) {
            throw new IllegalArgumentException("close code " + code + " may not go on the wire");
        }
    }

    /** Whether a close frame may carry {@code code}: 1000-1014 but for 1004-1006, and 3000-4999 (RFC 6455 7.4). */
    public static boolean isAllowedOnWire(int code) {
        if (code >= FIRST_OF_LIBRARIES) {
            return code <= LAST_OF_APPLICATIONS;
        }
        return code >= NORMAL && code <= BAD_GATEWAY && (code < UNASSIGNED || code > ABNORMAL);
    }
}
