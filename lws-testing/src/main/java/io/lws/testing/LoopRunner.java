package io.lws.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.lws.Limits;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * An event loop the test drives turn by turn on its own thread: the clock is a {@link ManualClock}, the poller never
 * waits, and nothing happens between turns.
 */
public final class LoopRunner {
    private static final int MANY_TURNS = 100_000;

    private final ManualClock clock;
    private final ManualPoller poller = new ManualPoller();
    private final EventLoop loop;
    private final LoopNet net;

    public LoopRunner() {
        this(Limits.DEFAULT);
    }

    public LoopRunner(Limits limits) {
        this(limits, new ManualClock());
    }

    /** {@code clock} may be shared by several loops. */
    public LoopRunner(Limits limits, ManualClock clock) {
        this.clock = clock;
        loop = new EventLoop(0, poller, clock);
        net = new LoopNet(loop, limits, () -> {});
        loop.serviceOnce(0);
    }

    public EventLoop loop() {
        return loop;
    }

    public LoopNet net() {
        return net;
    }

    public ManualClock clock() {
        return clock;
    }

    public ManualPoller poller() {
        return poller;
    }

    /** One turn; returns how many things were done in it. */
    public int turn() {
        return loop.serviceOnce(0);
    }

    public void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn();
        }
    }

    /** Turns until one has nothing to do; returns how many it took. Fails when the loop never comes to rest. */
    public int settle() {
        for (int turns = 0; turns < MANY_TURNS; turns++) {
            if (turn() == 0) {
                return turns;
            }
        }
        return fail("the loop does not come to rest");
    }

    /** Moves the clock, then settles. */
    public void advance(Duration by) {
        clock.advance(by);
        settle();
    }

    /** Opens a connection on this loop, between turns, as a listener or a connector would. */
    public Connection open(Transport transport, Connection.RoleFactory roles) {
        try {
            return Connection.open(net, transport, roles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
