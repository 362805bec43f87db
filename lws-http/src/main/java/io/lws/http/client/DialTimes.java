package io.lws.http.client;

import io.lws.http.client.HttpTimings.Handshake;

/** What making a connection took, step by step. */
record DialTimes(long dnsNs, long connectNs, long proxyNs, long tlsNs, Handshake tls) {
    /** Of a connection that was there. */
    static final DialTimes NONE = new DialTimes(0, 0, 0, 0, Handshake.NONE);
}
