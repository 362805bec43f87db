package io.lws.ws.deflate;

/** Whether what a message taught a compressor serves the messages after it (RFC 7692 7.1.1). */
public enum ContextTakeover {
    /** Messages refer to earlier ones: small ones that resemble each other shrink most, at the cost of memory. */
    KEPT,
    /** Each message stands alone. */
    NONE
}
