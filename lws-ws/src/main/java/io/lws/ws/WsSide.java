package io.lws.ws;

/** Which end of the connection we are; it decides who masks (RFC 6455 5.1). */
enum WsSide {
    /** Reads masked frames, writes plain ones. */
    SERVER,
    /** Reads plain frames, writes masked ones. */
    CLIENT
}
