package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.store.MemoryInFlightStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncomingIdsTest {
    private final MemoryInFlightStore store = new MemoryInFlightStore();
    private final IncomingIds incoming = new IncomingIds(store, Set.of(), 2);

    @Test
    void knowsAMessageAgainUntilItIsReleased() {
        assertTrue(incoming.isNew(5));
        incoming.onReceived(5);
        assertFalse(incoming.isNew(5));
        assertEquals(Set.of(5), store.load().received());
        assertEquals(ReasonCode.SUCCESS, incoming.onReleased(5));
        assertTrue(incoming.isNew(5));
        assertEquals(Set.of(), store.load().received());
    }

    @Test
    void hasNotReceivedAMessageWhoseLastPieceIsMissing() {
        assertTrue(incoming.isNew(5));
        assertTrue(incoming.isNew(5));
        assertEquals(Set.of(), store.load().received());
    }

    @Test
    void saysWhenThereIsNothingToRelease() {
        assertEquals(ReasonCode.PACKET_ID_NOT_FOUND, incoming.onReleased(6));
    }

    @Test
    void knowsWhatAStoreKept() {
        IncomingIds later = new IncomingIds(store, Set.of(9), 2);
        assertFalse(later.isNew(9));
        assertEquals(ReasonCode.SUCCESS, later.onReleased(9));
    }

    @Test
    void refusesMoreThanItSaidItTakes() {
        incoming.onReceived(1);
        incoming.onReceived(2);
        assertFalse(incoming.isNew(2), "a repetition is none too many");
        assertEquals(
                ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
                assertThrows(ProtocolException.class, () -> incoming.isNew(3)).code());
    }

    @Test
    void forgetsAllWithTheBrokersSession() {
        incoming.onReceived(1);
        incoming.onReceived(2);
        incoming.sessionLost();
        assertTrue(incoming.isNew(1));
        assertEquals(Set.of(), store.load().received());
    }
}
