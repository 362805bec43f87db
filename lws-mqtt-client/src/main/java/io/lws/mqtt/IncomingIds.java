package io.lws.mqtt;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.store.InFlightStore;
import java.util.Set;
import java.util.TreeSet;

/** The receiver's half of QoS 2 (4.3.3): which identifiers stand for a message that was received already. */
final class IncomingIds {
    private final InFlightStore store;
    private final Set<Integer> received;
    private final int maximum;

    IncomingIds(InFlightStore store, Set<Integer> kept, int maximum) {
        this.store = store;
        this.received = new TreeSet<>(kept);
        this.maximum = maximum;
    }

    /** Whether a message of that identifier is a new one. */
    boolean isNew(int packetId) {
        if (received.contains(packetId)) {
            return false;
        }
        if (received.size() >= maximum) {
            throw new ProtocolException(
                    ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "more than " + maximum + " messages under way");
        }
        return true;
    }

    void onReceived(int packetId) {
        store.received(packetId);
        received.add(packetId);
    }

    /** PUBREL: the reason code for PUBCOMP. */
    int onReleased(int packetId) {
        if (!received.contains(packetId)) {
            return ReasonCode.PACKET_ID_NOT_FOUND;
        }
        store.forgotten(packetId);
        received.remove(packetId);
        return ReasonCode.SUCCESS;
    }

    void sessionLost() {
        received.forEach(store::forgotten);
        received.clear();
    }
}
