package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.testing.LeakCheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand at once: nothing is lost, nothing comes out of order, and nothing stays of those that vanish. */
class ManyConnectionsTest {
    private static final int ALL = 10_000;
    private static final int KILLED = 1_000;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    @Timeout(300)
    void exchangeMessagesAndSurviveTheEndOfATenthOfThem() {
        EchoServer server = new EchoServer(2);
        try (server;
                Crowd crowd = new Crowd(server.port())) {
            crowd.run("open " + ALL);
            assertEquals(ALL, server.opened.get());
            crowd.run("exchange 10"); // the swarm looks at every byte of what comes back
            assertEquals(ALL, server.context().connections());

            crowd.run("kill " + KILLED);
            Await.until("told of the killed", SOON, () -> server.closed.get() == KILLED);
            int left = ALL - KILLED;
            Await.until("connections gone", SOON, () -> server.context().connections() == left);
            Await.until("keys gone", SOON, () -> server.watchedChannels() == left + 1);
            Await.until("timers gone", SOON, () -> server.armedTimers() <= left); // each has one, for its validity
            Await.until("sessions collected", SOON, () -> server.reachableSessions() == left);

            crowd.run("exchange 3");
            crowd.run("close");
            Await.until("told of all", SOON, () -> server.closed.get() == ALL);
            Await.until("all collected", SOON, () -> server.reachableSessions() == 0);
            assertEquals(ALL, server.opened.get());
        }
        LeakCheck.assertNothingLeft(server.context());
    }
}
