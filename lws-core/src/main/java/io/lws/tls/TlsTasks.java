package io.lws.tls;

/** Where the expensive steps of a handshake (signatures, key agreement, certificate checks) are done. */
public enum TlsTasks {
    /** On a small pool beside each loop, so that a handshake does not hold up other connections. The default. */
    OFF_LOOP,
    /** On the loop itself: less work in all, but nothing else goes on meanwhile. */
    ON_LOOP
}
