package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.net.Listener;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A context that serves those it has and no others. */
class ContextRetirementTest extends EchoContexts {
    /** It accepts: until then callers may be the first one's still. */
    private Context successor(Context first) throws InterruptedException {
        Listener listener = first.listeners().get(0);
        Vhost next = vhost(listener.port()).build();
        Context second =
                leaks.watch(builder().listener(listener).vhost(next).build().start());
        assertTrue(second.awaitAccepting(Duration.ofMinutes(1)));
        return second;
    }

    @Test
    void goesOnForThoseThereAreAndEndsWithTheLast() throws Exception {
        Context first = context(2).start();
        call(first, 3);
        try (Context second = successor(first)) {
            first.retire();
            try (Caller anew = new Caller(port(second))) {
                assertEquals(9, anew.echo(9));
                assertEquals(1, second.connections());
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(7, callers.get(i).echo(7));
            }
            assertFalse(first.isClosed());
            hangUp();
            assertTrue(first.awaitClosed(Duration.ofMinutes(1)));
        }
    }

    @Test
    void endsAtOnceWithoutConnections() throws Exception {
        Context first = context(2).start();
        first.retire();
        assertTrue(first.awaitClosed(Duration.ofMinutes(1)));
        Context neverStarted = context(1);
        neverStarted.retire();
        assertTrue(neverStarted.isClosed());
    }

    @Test
    void endsForGoodWhenItIsClosed() throws Exception {
        Context first = context(2).start();
        call(first, 2);
        first.retire();
        first.close(Duration.ZERO);
        assertTrue(first.isClosed());
        hangUp();
    }

    @Test
    void closesTheListenersThatNobodyTook() throws Exception {
        Context first = context(1).start();
        call(first, 1);
        Listener listener = first.listeners().get(0);
        first.retire();
        assertFalse(listener.isOpen());
        hangUp();
        assertTrue(first.awaitClosed(Duration.ofMinutes(1)));
    }
}
