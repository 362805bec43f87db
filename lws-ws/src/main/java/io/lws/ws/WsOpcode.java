package io.lws.ws;

/** What a message is made of (RFC 6455 5.6). Control frames are no messages and never reach a protocol as such. */
public enum WsOpcode {
    /** UTF-8, checked on the way in. */
    TEXT(WsWire.TEXT),
    /** Bytes of any meaning. */
    BINARY(WsWire.BINARY);

    private final int code;

    WsOpcode(int code) {
        this.code = code;
    }

    /** The four bits on the wire. */
    public int code() {
        return code;
    }
}
