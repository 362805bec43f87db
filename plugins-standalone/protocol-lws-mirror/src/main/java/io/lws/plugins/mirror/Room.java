package io.lws.plugins.mirror;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.ws.WsMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A board and those who look at it. Everything here happens on the loop of the first who came, but {@link #run}, {@link
 * #ring} and {@link #progress}, which are for any thread.
 *
 * <p>A message that would overwrite what a reader has not had yet waits, and its sender with it: so the slowest reader
 * sets the pace, and is closed when that pace is too slow.
 */
final class Room {
    private record Offer(Reader from, WsMessage message) {}

    private final EventLoop home;
    private final Ring ring;
    private final long patienceNs;
    private final List<Reader> readers = new ArrayList<>();
    private final ArrayDeque<Offer> waiting = new ArrayDeque<>();
    private final Timer sweeper = new Timer(this::sweep);
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    /** Written here, read by readers that advance. */
    private volatile boolean full;
    /** No reader is behind this; looked up anew when it seems to be in the way. */
    private long slowest;
    /** Where the present picture begins. */
    private long pictureStart;

    /** Guarded by {@link Rooms}. */
    int occupants;

    Room(EventLoop home, int ringDepth, Duration patience) {
        this.home = home;
        ring = new Ring(ringDepth);
        patienceNs = patience.toNanos();
    }

    // ---- any thread

    Ring ring() {
        return ring;
    }

    /** Runs {@code task} on the room's loop, at once where that is this thread's. Tasks of one thread keep their order. */
    void run(Runnable task) {
        if (home.inLoop()) {
            task.run();
        } else {
            home.execute(task);
        }
    }

    /** A reader has got further. */
    void progress() {
        if (full && drainAsked.compareAndSet(false, true)) {
            home.execute(this::drain);
        }
    }

    // ---- the room's loop

    void enter(Reader reader) {
        long from = Math.max(pictureStart, ring.end() - ring.depth());
        readers.add(reader);
        slowest = Math.min(slowest, from);
        reader.enter(from);
    }

    void leave(Reader reader) {
        readers.remove(reader);
        waiting.removeIf(offer -> offer.from == reader);
        drain();
        if (readers.isEmpty()) {
            home.cancel(sweeper);
        }
    }

    /** Takes a message into the ring, or keeps it until there is room. */
    void offer(Reader from, WsMessage message) {
        waiting.addLast(new Offer(from, message));
        drain();
    }

    private void drain() {
        drainAsked.set(false);
        boolean added = false;
        while (!waiting.isEmpty() && hasRoom()) {
            add(waiting.removeFirst());
            added = true;
        }
        if (added) {
            readers.forEach(Reader::wake);
        }
    }

    private void add(Offer offer) {
        if (Drawing.endsWithClear(offer.message.payload())) {
            pictureStart = ring.end();
        }
        ring.add(offer.message);
        offer.from.took();
    }

    private boolean hasRoom() {
        if (ring.end() - slowest < ring.depth()) {
            full = false;
            return true;
        }
        // said before looking: a reader that advances after the look sees it, and asks for another
        full = true;
        slowest = readers.stream().mapToLong(Reader::next).min().orElse(ring.end());
        boolean room = ring.end() - slowest < ring.depth();
        full = !room;
        if (!room && !sweeper.isArmed()) {
            sweep(home.nowNs());
        }
        return room;
    }

    /** Closes who has been far behind for too long; goes on as long as somebody is far behind. */
    private void sweep(long nowNs) {
        boolean lagging = false;
        for (Reader each : List.copyOf(readers)) {
            lagging |= lags(each, nowNs);
        }
        if (lagging) {
            home.schedule(sweeper, patienceNs / 4);
        }
    }

    /** Far behind is half a ring; too slow is who then takes longer than allowed for half a ring. */
    private boolean lags(Reader reader, long nowNs) {
        int half = ring.depth() / 2;
        long next = reader.next();
        if (ring.end() - next < half) {
            reader.lag = null;
            return false;
        }
        Reader.Lag lag = reader.lag;
        if (lag == null || next - lag.at() >= half) {
            reader.lag = new Reader.Lag(next, nowNs);
        } else if (nowNs - lag.sinceNs() >= patienceNs) {
            readers.remove(reader);
            reader.cull();
            home.execute(this::drain);
            return false;
        }
        return true;
    }
}
