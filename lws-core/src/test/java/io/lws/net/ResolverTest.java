package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private long nowNs;
    private final SystemResolver resolver = new SystemResolver(this::lookUp, work::add, () -> nowNs);

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        asked.add(host);
        if (host.equals("broken")) {
            throw new NoClassDefFoundError("meant: " + host);
        }
        if (host.equals("nowhere")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    private void ask(String host) {
        var unused = resolver.resolve(host)
                .whenComplete((found, failure) -> answers.add(
                        failure == null
                                ? found.get(0).getHostAddress()
                                : SystemResolver.failure(failure).getMessage()));
    }

    private void work() {
        while (!work.isEmpty()) {
            work.poll().run();
        }
    }

    @Test
    void asksOnceForManyWhoWait() {
        ask("a");
        ask("a");
        assertEquals(List.of(), answers);
        work();
        ask("a");
        assertEquals(List.of("127.0.0.1", "127.0.0.1", "127.0.0.1"), answers);
        assertEquals(List.of("a"), asked);
    }

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        ask("a");
        work();
        nowNs = 29_999_999_999L;
        ask("a");
        assertTrue(work.isEmpty());
        nowNs++;
        ask("a");
        work();
        assertEquals(List.of("a", "a"), asked);
    }

    @Test
    void remembersFailureForASecond() {
        ask("nowhere");
        work();
        nowNs = 999_999_999L;
        ask("nowhere");
        assertEquals(List.of("nowhere: unknown host", "nowhere: unknown host"), answers);
        assertEquals(1, asked.size());
        nowNs++;
        ask("nowhere");
        work();
        assertEquals(2, asked.size());
    }

    /** Whoever waited for an answer that never comes would wait for ever, and all who ask after them. */
    @Test
    void failsWhereLookingUpFailsInAnUnheardOfWay() {
        ask("broken");
        work();
        assertEquals(List.of("looking up broken"), answers);
        nowNs = 1_000_000_000L;
        ask("broken");
        assertEquals(1, work.size(), "asks again");
        work();
        assertEquals(2, answers.size());
    }

    @Test
    void failsWhereThereIsNobodyToLookUp() {
        SystemResolver idle = new SystemResolver(
                this::lookUp,
                task -> {
                    throw new OutOfMemoryError("meant: unable to create a thread");
                },
                () -> nowNs);
        assertTrue(idle.resolve("a").toCompletableFuture().isCompletedExceptionally());
        nowNs = 1_000_000_000L;
        assertTrue(idle.resolve("a").toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void keepsTheCacheSmall() {
        for (int i = 0; i < 3000; i++) {
            ask("host" + i);
            work();
        }
        ask("host2999");
        assertEquals(3000, asked.size());
        ask("host0");
        work();
        assertEquals(3001, asked.size());
    }

    @Test
    void ordersAddressesByTurns() throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (String each : List.of("::1", "::2", "::3", "127.0.0.1", "127.0.0.2")) {
            found.add(InetAddress.getByName(each));
        }
        assertEquals(List.of("::1", "127.0.0.1", "::2", "127.0.0.2", "::3"), shown(AddressRace.order(found, 80)));
        assertEquals(
                List.of("127.0.0.2", "127.0.0.1"), shown(AddressRace.order(List.of(found.get(4), found.get(3)), 80)));
    }

    private static List<String> shown(List<SocketAddress> order) {
        return order.stream()
                .map(each -> ((InetSocketAddress) each).getAddress().getHostAddress())
                .map(each -> each.replace("0:0:0:0:0:0:0:", "::"))
                .toList();
    }
}
