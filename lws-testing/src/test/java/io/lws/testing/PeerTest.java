package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTest {
    @Test
    void goesByTheNameThatTheScriptUses() {
        assertEquals("node-ws", Peer.NODE_WS.label());
        assertEquals("python3-websockets", Peer.PYTHON3_WEBSOCKETS.label());
    }

    @Test
    void findsOnlyWholeNames() {
        Map<String, String> env = Map.of("LWS_TEST_PEERS", " curl node-ws");
        assertTrue(Peer.CURL.isNamedIn(env));
        assertTrue(Peer.NODE_WS.isNamedIn(env));
        assertFalse(Peer.STRACE.isNamedIn(env));
        assertFalse(Peer.CURL.isNamedIn(Map.of("LWS_TEST_PEERS", "curlew")));
        assertFalse(Peer.CURL.isNamedIn(Map.of()));
    }
}
