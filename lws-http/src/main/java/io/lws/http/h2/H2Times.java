package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import java.util.List;

/** What a connection waits for: one timer for all of it. Whoever makes progress moves a number and no timer. */
final class H2Times {
    private final H2Connection h2;
    private final Connection connection;
    private final long headerTimeoutNs;
    private final long keepAliveNs;
    private long blockUntilNs = H2Stream.NO_DEADLINE;
    private long idleSinceNs;
    private long armedNs = H2Stream.NO_DEADLINE;
    private boolean used;

    H2Times(H2Connection h2, Connection connection, long headerTimeoutNs, long keepAliveNs) {
        this.h2 = h2;
        this.connection = connection;
        this.headerTimeoutNs = headerTimeoutNs;
        this.keepAliveNs = keepAliveNs;
    }

    void begin() {
        idleSinceNs = h2.nowNs();
        arm(idleSinceNs + headerTimeoutNs);
    }

    /** A block of headers is there in part; it has as long as a first one. */
    void blockBegan() {
        if (blockUntilNs == H2Stream.NO_DEADLINE) {
            blockUntilNs = h2.nowNs() + headerTimeoutNs;
            watch(blockUntilNs);
        }
    }

    void blockEnded() {
        blockUntilNs = H2Stream.NO_DEADLINE;
    }

    /** There has been a stream. */
    void used() {
        used = true;
    }

    /** The last stream has gone. */
    void idle() {
        idleSinceNs = h2.nowNs();
    }

    /** A deadline has been set. */
    void watch(long deadlineNs) {
        if (deadlineNs < armedNs) {
            arm(deadlineNs);
        }
    }

    /** The peer gives no credit for what a stream has to send: it has as long as a peer that reads nothing. */
    void stalled(H2Stream stream) {
        if (stream.stalledUntilNs == H2Stream.NO_DEADLINE) {
            stream.stalledUntilNs =
                    h2.nowNs() + connection.net().limits().sendTimeout().toNanos();
            watch(stream.stalledUntilNs);
        }
    }

    private void arm(long atNs) {
        armedNs = atNs;
        connection.setTimeout(
                used ? TimeoutReason.KEEPALIVE_IDLE : TimeoutReason.AWAITING_HEADERS, Math.max(0, atNs - h2.nowNs()));
    }

    /** The timer has fired: ends the streams whose time is over. False when it is over for the connection. */
    boolean check(List<H2Stream> streams) {
        long nowNs = h2.nowNs();
        armedNs = H2Stream.NO_DEADLINE;
        if (blockUntilNs <= nowNs) {
            return false;
        }
        long nextNs = Math.min(nowNs + keepAliveNs, blockUntilNs);
        for (H2Stream stream : streams) {
            nextNs = Math.min(nextNs, check(stream, nowNs));
        }
        if (h2.streams.count() == 0) {
            long limitNs = used ? keepAliveNs : headerTimeoutNs;
            if (nowNs - idleSinceNs >= limitNs) {
                return false;
            }
            nextNs = Math.min(nextNs, idleSinceNs + limitNs);
        }
        arm(nextNs);
        return true;
    }

    private long check(H2Stream stream, long nowNs) {
        if (stream.stalledUntilNs <= nowNs) {
            h2.reset(stream, H2Error.CANCEL, CloseInfo.timeout("peer gave no credit"));
        } else if (stream.deadlineNs <= nowNs) {
            stream.deadlineNs = H2Stream.NO_DEADLINE;
            h2.late(stream);
        }
        return Math.min(stream.deadlineNs, stream.stalledUntilNs);
    }
}
