package io.lws.http.client;

import io.lws.http.client.HttpTimings.Source;
import org.jspecify.annotations.Nullable;

/** Takes the times of an exchange. Its loop's thread. */
final class Stopwatch {
    private final long beganNs = System.nanoTime();
    private DialTimes dial = DialTimes.NONE;
    private Source source = Source.NONE;
    private long connectedNs;
    private long firstByteNs;
    private long endNs;

    /** A request on the wire is about to be made. */
    void asks() {
        source = Source.NONE;
        dial = DialTimes.NONE;
        firstByteNs = 0;
    }

    /** {@code times} is null for a connection that was there. */
    void connected(@Nullable DialTimes times) {
        source = times == null ? Source.REUSED : Source.NEW;
        dial = times == null ? DialTimes.NONE : times;
        connectedNs = System.nanoTime();
    }

    void answered() {
        firstByteNs = System.nanoTime() - connectedNs;
    }

    void ends() {
        endNs = System.nanoTime();
    }

    boolean isReused() {
        return source == Source.REUSED;
    }

    HttpTimings timings() {
        long untilNs = endNs == 0 ? System.nanoTime() : endNs;
        return new HttpTimings(
                dial.dnsNs(),
                dial.connectNs(),
                dial.proxyNs(),
                dial.tlsNs(),
                firstByteNs,
                untilNs - beganNs,
                source,
                dial.tls());
    }
}
