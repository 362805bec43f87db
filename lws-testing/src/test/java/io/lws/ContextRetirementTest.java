package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.net.Listener;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A context that serves those it has and no others. */
class ContextRetirementTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final EchoRole role = new EchoRole();
    private final List<Caller> callers = new ArrayList<>();

    private static Vhost.Builder vhost(int port) {
        return Vhost.builder("localhost").listen(InetAddress.getLoopbackAddress(), port);
    }

    private Context.Builder builder() {
        return Context.builder().role(role);
    }

    private Context context(int loops) {
        return leaks.watch(builder().loops(loops).vhost(vhost(0).build()).build());
    }

    private static int port(Context context) {
        return context.vhosts().get(0).port();
    }

    private void call(Context context, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Caller caller = new Caller(port(context));
            callers.add(caller);
            assertEquals(i & 0x7f, caller.echo(i & 0x7f));
        }
    }

    private void hangUp() throws IOException {
        for (Caller each : callers) {
            each.close();
        }
        callers.clear();
    }

    private Context successor(Context first) {
        Listener listener = first.listeners().get(0);
        Vhost next = vhost(listener.port()).build();
        return leaks.watch(builder().listener(listener).vhost(next).build().start());
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
