package io.lws.mqtt;

import io.lws.mqtt.codec.Violations;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.store.InFlightStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sender's half of QoS 1 and 2 (4.3), and the queue in front of it. Order is the order of {@link #offer}, also after
 * a lost connection. Knows no connection: it says what to send, and is told what came.
 *
 * <pre>
 *   WAITING ── next() ──▶ SENT ── PUBACK ─────────────────▶ done
 *                          └───── PUBREC ──▶ RELEASED ── PUBCOMP ──▶ done
 * </pre>
 */
final class OutgoingMessages {
    private final InFlightStore store;
    private final PacketIds ids;
    private final int maxMessages;
    private final long maxBytes;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final Map<Integer, Outgoing> byId = new LinkedHashMap<>();
    private int messages;
    private long bytes;
    private int window;

    OutgoingMessages(InFlightStore store, PacketIds ids, int maxMessages, long maxBytes) {
        this.store = store;
        this.ids = ids;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Takes over what a store has kept. */
    void restore(List<InFlightStore.Outgoing> kept) {
        for (InFlightStore.Outgoing each : kept) {
            Outgoing one = new Outgoing(each.message(), each.payload(), each.packetId(), null);
            one.state = each.stage() == InFlightStore.Stage.RELEASED ? Outgoing.State.RELEASED : Outgoing.State.SENT;
            one.dup = true;
            ids.take(each.packetId());
            add(one);
        }
    }

    boolean hasRoom() {
        return messages < maxMessages && bytes < maxBytes;
    }

    int size() {
        return messages;
    }

    /** False when there is no room. What a {@code source} has counts as a message, but not its bytes: nobody holds them. */
    boolean offer(MqttMessage message, @Nullable PayloadSource source, Outgoing.@Nullable WhenDone whenDone) {
        if (!hasRoom() || (messages > 0 && bytes + message.payloadBytes() > maxBytes)) {
            return false;
        }
        int id = message.qos() == Qos.AT_MOST_ONCE ? 0 : ids.take();
        if (id < 0) {
            return false;
        }
        if (id > 0) {
            keep(id, message, source);
        }
        Outgoing one = new Outgoing(message, source, id, whenDone);
        add(one);
        waiting.addLast(one);
        return true;
    }

    private void keep(int id, MqttMessage message, @Nullable PayloadSource source) {
        try {
            if (source == null) {
                store.accepted(id, message);
            } else {
                store.accepted(id, message, source);
            }
        } catch (RuntimeException e) {
            ids.release(id);
            throw e;
        }
    }

    private void add(Outgoing one) {
        messages++;
        bytes += one.message.payloadBytes();
        if (one.packetId > 0) {
            byId.put(one.packetId, one);
        }
    }

    // ---- connections

    /**
     * A connection begins. Returns those that only need PUBREL, which goes out before anything else; all others are sent
     * by {@link #next}, those sent before first.
     */
    List<Outgoing> connected(int receiveMaximum) {
        window = receiveMaximum;
        List<Outgoing> released = new ArrayList<>();
        ArrayDeque<Outgoing> again = new ArrayDeque<>();
        for (Outgoing each : byId.values()) {
            each.inWindow = false;
            if (each.state == Outgoing.State.RELEASED) {
                released.add(each);
            } else if (each.state == Outgoing.State.SENT) {
                each.state = Outgoing.State.WAITING;
                again.addLast(each);
            }
        }
        while (!again.isEmpty()) {
            waiting.addFirst(again.removeLast());
        }
        return released;
    }

    /** The connection is lost, and with it what nobody acknowledges. Returns those. */
    List<Outgoing> disconnected() {
        List<Outgoing> lost = new ArrayList<>();
        for (Iterator<Outgoing> all = waiting.iterator(); all.hasNext(); ) {
            Outgoing each = all.next();
            if (!each.isAcknowledged()) {
                all.remove();
                lost.add(each);
                forget(each);
            }
        }
        return lost;
    }

    /**
     * The broker has forgotten the session. Returns what it may have had or not: QoS 2 that was ever sent, over whichever
     * connection. What it has certainly had is done, QoS 1 is sent again as if for the first time.
     */
    List<Outgoing> sessionLost(List<Outgoing> done) {
        List<Outgoing> unknown = new ArrayList<>();
        for (Outgoing each : new ArrayList<>(byId.values())) {
            if (each.state == Outgoing.State.RELEASED) {
                complete(each);
                done.add(each);
            } else if (each.message.qos() == Qos.EXACTLY_ONCE && (each.dup || each.state == Outgoing.State.SENT)) {
                waiting.remove(each);
                complete(each);
                unknown.add(each);
            } else {
                each.dup = false;
            }
        }
        return unknown;
    }

    // ---- sending

    /** The next one to send now, or {@code null}: nothing waits, or the broker has enough under way. */
    @Nullable
    Outgoing next() {
        Outgoing one = waiting.peekFirst();
        if (one == null || (one.isAcknowledged() && window == 0)) {
            return null;
        }
        waiting.removeFirst();
        if (one.isAcknowledged()) {
            window--;
            one.inWindow = true;
            one.state = Outgoing.State.SENT;
        } else {
            forget(one);
        }
        return one;
    }

    boolean hasNext() {
        Outgoing one = waiting.peekFirst();
        return one != null && (window > 0 || !one.isAcknowledged());
    }

    // ---- answers

    /** Of QoS 1. Returns what is done, or {@code null} for an identifier that is not under way. */
    @Nullable
    Outgoing onPubAck(int packetId) {
        Outgoing one = expect(packetId, Qos.AT_LEAST_ONCE);
        if (one != null) {
            complete(one);
        }
        return one;
    }

    /** Of QoS 2: the broker has it. Returns what it has, or {@code null} for an identifier that is not under way. */
    @Nullable
    Outgoing onPubRec(int packetId) {
        Outgoing one = expect(packetId, Qos.EXACTLY_ONCE);
        if (one != null && one.state == Outgoing.State.SENT) {
            store.released(packetId);
            one.state = Outgoing.State.RELEASED;
        }
        return one;
    }

    /** Of QoS 2: the broker will not have it. */
    @Nullable
    Outgoing onPubRecRefusal(int packetId) {
        Outgoing one = expect(packetId, Qos.EXACTLY_ONCE);
        if (one != null) {
            complete(one);
        }
        return one;
    }

    @Nullable
    Outgoing onPubComp(int packetId) {
        Outgoing one = expect(packetId, Qos.EXACTLY_ONCE);
        if (one == null) {
            return null;
        }
        if (one.state != Outgoing.State.RELEASED) {
            throw Violations.protocolError("PUBCOMP before PUBREC");
        }
        complete(one);
        return one;
    }

    private @Nullable Outgoing expect(int packetId, Qos qos) {
        Outgoing one = byId.get(packetId);
        if (one != null && (one.message.qos() != qos || one.state == Outgoing.State.WAITING)) {
            throw Violations.protocolError("an acknowledgement that does not answer packet " + packetId);
        }
        return one;
    }

    /** Done by our own decision, or by an answer. */
    void complete(Outgoing one) {
        if (one.packetId > 0 && byId.remove(one.packetId) != null) {
            store.completed(one.packetId);
            ids.release(one.packetId);
            forget(one);
            window += one.inWindow ? 1 : 0;
        }
    }

    private void forget(Outgoing one) {
        messages--;
        bytes -= one.message.payloadBytes();
    }
}
