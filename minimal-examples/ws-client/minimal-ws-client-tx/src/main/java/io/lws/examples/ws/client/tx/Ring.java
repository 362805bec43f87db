package io.lws.examples.ws.client.tx;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What producers have made and nobody has sent yet: so many messages at most, the oldest give way. Any thread. */
final class Ring {
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private final int depth;
    private int producers;
    private int taken;
    private int lost;

    Ring(int depth, int producers) {
        this.depth = depth;
        this.producers = producers;
    }

    synchronized void add(String message) {
        if (waiting.size() == depth) {
            waiting.removeFirst();
            lost++;
        }
        waiting.addLast(message);
    }

    synchronized @Nullable String poll() {
        String next = waiting.pollFirst();
        taken += next == null ? 0 : 1;
        return next;
    }

    /** One of the producers has no more. */
    synchronized void end() {
        producers--;
    }

    synchronized boolean isAtEnd() {
        return producers == 0 && waiting.isEmpty();
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int lost() {
        return lost;
    }
}
