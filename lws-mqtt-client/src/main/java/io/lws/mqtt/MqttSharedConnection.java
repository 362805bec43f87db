package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Subscription;
import io.lws.net.LoopNet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker for any number of sessions, which may be of different protocols (lws: streams bound to one
 * network connection). The broker sees one client: one identifier, one will, one store. {@link #join} and {@link #close}
 * may be called from any thread; all sessions live on one loop.
 *
 * <ul>
 *   <li>Subscriptions are counted: a filter is given back when the last session that holds it lets go. The broker is asked
 *       again for a filter it has granted only where that brings something: a higher QoS, other options, or the messages
 *       it had kept, which then go to the session that asked.
 *   <li>What comes is matched here. A session gets a message once, however many of its filters it answers, as often as
 *       the broker sends it: in MQTT 3.1.1 some brokers send one message once for each filter that overlaps.
 *   <li>While one session has paused, nothing is read, for any of them.
 *   <li>Messages that a store kept from an earlier process are sent; the session they came from is gone, so nobody hears
 *       of their end.
 * </ul>
 */
public final class MqttSharedConnection implements AutoCloseable {
    private final Set<SharedSession<?>> sessions = new LinkedHashSet<>();
    private final SharedFilters<SharedSession<?>> filters = new SharedFilters<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ClientSession<@Nullable Void> session;
    private @Nullable ConnAck answer;
    private @Nullable CloseInfo closed;

    private MqttSharedConnection(Vhost vhost, LoopNet net, MqttOptions options, Reach reach) {
        session = ClientSession.open(vhost, net, options, new Distribution(), reach);
    }

    /** Connects by {@code options} on the least loaded loop of {@code vhost}'s context. Any thread. */
    public static MqttSharedConnection open(Vhost vhost, MqttOptions options) {
        return new MqttSharedConnection(vhost, ClientSession.leastLoaded(vhost), options, Reach.sockets(options));
    }

    /** On a loop of the caller's choice. */
    static MqttSharedConnection open(Vhost vhost, LoopNet net, MqttOptions options, Reach reach) {
        return new MqttSharedConnection(vhost, net, options, reach);
    }

    /**
     * Begins a session of {@code protocol} on this connection; its {@code onEstablished} comes at once where the broker has
     * taken the connection. Closing it leaves the others alone.
     */
    public <S extends @Nullable Object> MqttSession<S> join(MqttProtocol<S> protocol) {
        SharedSession<S> joining = new SharedSession<>(this, protocol, numbers.incrementAndGet());
        session.loop().execute(new Joining(this, joining));
        return joining;
    }

    /** A session that joins when the loop has ended already has ended too. */
    private record Joining(MqttSharedConnection to, SharedSession<?> joining) implements EventLoop.Task {
        @Override
        public void run() {
            to.joined(joining);
        }

        @Override
        public void dropped() {
            joining.end(CloseInfo.local(0, "the loop has ended"));
        }
    }

    private void joined(SharedSession<?> joining) {
        if (closed != null) {
            joining.end(closed);
            return;
        }
        sessions.add(joining);
        if (answer != null && session.isConnected()) {
            joining.established(answer);
        }
    }

    /** Sessions on it at the moment. Loop's thread. */
    public int size() {
        session.loop().assertInLoop();
        return sessions.size();
    }

    /** Ends all its sessions, says good-bye to the broker and closes the connection. */
    @Override
    public void close() {
        session.execute(session::close);
    }

    // ---- for its sessions

    ClientSession<@Nullable Void> session() {
        return session;
    }

    SharedFilters<SharedSession<?>> filters() {
        return filters;
    }

    /** What only that session held is given back. */
    void leave(SharedSession<?> leaving) {
        if (!sessions.remove(leaving)) {
            return;
        }
        List<String> unheld = filters.of(leaving).stream()
                .filter(each -> filters.remove(leaving, each))
                .toList();
        if (closed == null && !unheld.isEmpty()) {
            session.unsubscribe(unheld, (codes, answer) -> {});
        }
        pauseOrResume();
    }

    void pauseOrResume() {
        boolean paused = sessions.stream().anyMatch(SharedSession::isPaused);
        if (closed == null && paused != session.isPaused()) {
            if (paused) {
                session.pauseRx();
            } else {
                session.resumeRx();
            }
        }
    }

    private List<SharedSession<?>> all() {
        return List.copyOf(sessions);
    }

    /** The one protocol the broker talks to. */
    private final class Distribution implements MqttProtocol<@Nullable Void> {
        private Set<SharedSession<?>> receivers = Set.of();

        @Override
        public void onEstablished(MqttSession<@Nullable Void> mqtt, ConnAck taken) {
            answer = taken;
            if (!taken.sessionPresent()) {
                filters.sessionLost();
            }
            all().forEach(each -> each.established(taken));
        }

        /** Nobody asks in its own name, so this is a renewal that is refused. */
        @Override
        public void onSubscribed(
                MqttSession<@Nullable Void> mqtt,
                List<Subscription> asked,
                List<Integer> reasonCodes,
                MqttProperties answer) {
            all().forEach(each -> each.notRenewed(asked, reasonCodes, answer));
            for (int i = 0; i < asked.size(); i++) {
                filters.granted(asked.get(i).filter(), reasonCodes.get(i));
            }
        }

        @Override
        public void onReceive(MqttSession<@Nullable Void> mqtt, MqttRx rx) {
            if (rx.isFirst()) {
                receivers = filters.receivers(rx.topic(), rx.retain());
            }
            receivers.forEach(each -> each.receive(rx.again()));
        }

        @Override
        public void onReauthenticated(MqttSession<@Nullable Void> mqtt) {
            all().forEach(SharedSession::reauthenticated);
        }

        @Override
        public void onWriteable(MqttSession<@Nullable Void> mqtt) {
            for (SharedSession<?> each : all()) {
                if (session.outgoing().hasRoom()) {
                    each.writeable();
                }
            }
            if (sessions.stream().anyMatch(SharedSession::wantsWriteable)) {
                session.requestWriteable();
            }
        }

        @Override
        public void onDisconnected(MqttSession<@Nullable Void> mqtt, CloseInfo info) {
            all().forEach(each -> each.disconnected(info));
        }

        @Override
        public void onClosed(MqttSession<@Nullable Void> mqtt, CloseInfo info) {
            closed = info;
            all().forEach(each -> each.end(info));
        }
    }
}
