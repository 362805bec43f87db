package io.lws.http.client;

import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.wire.ClientWire;
import io.lws.http.wire.WireOwner;
import io.lws.http.wire.WireRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one origin, and the exchanges that wait for one. The connection used last is used first,
 * so that those too many become idle and go.
 */
final class OriginPool implements WireOwner {
    /** An exchange in want of a connection; one of the two is called, once, unless it is abandoned before. */
    interface Waiter {
        WireRequest wireRequest();

        /** False for one that a kept connection has failed already. */
        boolean takesUsed();

        /** True for one that has waited before: it comes before all that have not. */
        boolean isRepeat();

        HttpTimeouts timeouts();

        /** {@code times} is null for a connection that has carried an exchange before. */
        void onWire(ClientWire wire, @Nullable DialTimes times);

        void onNoWire(HttpClientException why);
    }

    /** Whether connections to the origin carry many exchanges at once. */
    private enum Sharing {
        UNKNOWN,
        YES,
        NO
    }

    private final ClientLoop loop;
    private final Origin origin;
    private final HttpClientLimits limits;
    /** In the order of their use, the latest last. */
    private final List<ClientWire> wires = new ArrayList<>();

    private final Map<ClientWire, DialTimes> unused = new HashMap<>();
    private final Set<Dialing> dialings = new LinkedHashSet<>();
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private Sharing sharing = Sharing.UNKNOWN;

    OriginPool(ClientLoop loop, Origin origin) {
        this.loop = loop;
        this.origin = origin;
        limits = loop.client().limits();
    }

    void acquire(Waiter waiter) {
        ClientWire wire = waiter.takesUsed() ? withRoom(waiter.wireRequest()) : null;
        if (wire != null) {
            give(wire, waiter);
            return;
        }
        if (!waiter.takesUsed()) {
            closeIdle();
        }
        if (mayDial() && wires.size() + dialings.size() < limits.connectionsPerOrigin()) {
            await(waiter);
            dial(waiter.timeouts());
        } else if (waiter.isRepeat() || waiting.size() < limits.waitingPerOrigin()) {
            await(waiter);
        } else {
            loop.net()
                    .loop()
                    .execute(() -> waiter.onNoWire(new HttpClientException(
                            Reason.BUSY, waiting.size() + " exchanges wait for " + origin + " already")));
        }
    }

    private void await(Waiter waiter) {
        if (waiter.isRepeat()) {
            waiting.addFirst(waiter);
        } else {
            waiting.addLast(waiter);
        }
    }

    void abandon(Waiter waiter) {
        waiting.remove(waiter);
        forgetIfEmpty();
    }

    /** Where one connection carries all, a second is made only when there is none: none yet, or none any more. */
    private boolean mayDial() {
        boolean perhapsShared = sharing != Sharing.NO && loop.client().sharesConnections(origin);
        return !perhapsShared || dialings.isEmpty() && wires.stream().noneMatch(ClientWire::isShared);
    }

    private @Nullable ClientWire withRoom(WireRequest request) {
        for (int i = wires.size() - 1; i >= 0; i--) {
            if (wires.get(i).isIdle() && wires.get(i).room(request) > 0) {
                return wires.get(i);
            }
        }
        return wires.stream().filter(wire -> wire.room(request) > 0).findFirst().orElse(null);
    }

    private void give(ClientWire wire, Waiter waiter) {
        wires.remove(wire);
        wires.add(wire);
        waiter.onWire(wire, unused.remove(wire));
    }

    private void dial(HttpTimeouts timeouts) {
        Dialing dialing = new Dialing(loop.client(), loop.net(), this, origin, timeouts);
        dialings.add(dialing);
        dialing.begin();
    }

    // ---- from a dialing

    void dialed(Dialing dialing, ClientWire wire, DialTimes times) {
        dialings.remove(dialing);
        sharing = wire.isShared() ? Sharing.YES : Sharing.NO;
        wires.add(wire);
        unused.put(wire, times);
        onRoom(wire);
        dialForWaiting();
    }

    /** The one that has waited longest fails with it: a dialing was begun for each that waits, up to the limit. */
    void dialFailed(Dialing dialing, HttpClientException why) {
        dialings.remove(dialing);
        Waiter first = waiting.poll();
        if (first != null) {
            first.onNoWire(why);
        }
        dialForWaiting();
        forgetIfEmpty();
    }

    private void dialForWaiting() {
        while (dialings.size() < waiting.size()
                && mayDial()
                && wires.size() + dialings.size() < limits.connectionsPerOrigin()
                && !loop.isClosed()) {
            dial(waiting.getFirst().timeouts());
        }
    }

    // ---- from a wire

    @Override
    public void onRoom(ClientWire wire) {
        while (!waiting.isEmpty() && wire.room(waiting.getFirst().wireRequest()) > 0) {
            give(wire, waiting.removeFirst());
        }
        if (loop.isClosed()) {
            wire.closeWhenIdle();
            return;
        }
        long idle = wires.stream().filter(ClientWire::isIdle).count();
        if (idle > limits.idlePerOrigin()) {
            wires.stream().filter(ClientWire::isIdle).findFirst().ifPresent(ClientWire::closeWhenIdle);
        }
    }

    @Override
    public void onGone(ClientWire wire) {
        wires.remove(wire);
        unused.remove(wire);
        dialForWaiting();
        forgetIfEmpty();
    }

    private void closeIdle() {
        List.copyOf(wires).stream().filter(ClientWire::isIdle).forEach(ClientWire::closeWhenIdle);
    }

    // ---- the end

    private void forgetIfEmpty() {
        if (wires.isEmpty() && dialings.isEmpty() && waiting.isEmpty()) {
            loop.forget(origin, this);
        }
    }

    void close(HttpClientException why) {
        dialings.forEach(each -> each.cancel(why.getMessage()));
        dialings.clear();
        while (!waiting.isEmpty()) {
            waiting.removeFirst().onNoWire(why);
        }
        List.copyOf(wires).forEach(ClientWire::closeWhenIdle);
        forgetIfEmpty();
    }
}
