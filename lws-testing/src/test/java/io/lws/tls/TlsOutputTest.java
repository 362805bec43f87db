package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** In what order and in how many writes ciphertext leaves. */
class TlsOutputTest {
    private final MemoryTransport below = MemoryTransport.pair();
    private final TlsOutput output = new TlsOutput(below, new TlsBuffers(false));

    private void put(String text) {
        output.buffer().put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String arrived() {
        return below.peer().receivedText();
    }

    @Test
    void sendsWhatWasHeldBackWithTheNext() throws IOException {
        put("tickets ");
        assertTrue(output.holdBack());
        assertEquals("", arrived());
        put("answer");
        output.send();
        assertEquals("tickets answer", arrived());
        assertEquals(1, below.writes());
    }

    @Test
    void sendsWhatWasHeldBackAloneWhereNothingFollows() throws IOException {
        assertFalse(output.holdBack(), "nothing there");
        put("tickets");
        assertTrue(output.holdBack());
        output.sendHeldBack();
        output.sendHeldBack();
        assertEquals("tickets", arrived());
        assertEquals(1, below.writes());
    }

    @Test
    void keepsTheOrderBehindAChokedSocket() throws IOException {
        below.refuse();
        put("flight ");
        output.send();
        assertTrue(output.isChoked());
        put("tickets ");
        assertTrue(output.holdBack());
        assertFalse(output.flush());
        put("answer");
        output.send();
        below.allow();
        assertTrue(output.flush());
        assertEquals("flight tickets answer", arrived());
    }

    @Test
    void endsBehindWhatWasHeldBack() throws IOException {
        put("tickets");
        assertTrue(output.holdBack());
        output.end();
        assertEquals("tickets", arrived());
        assertTrue(below.peer().sawFin());
    }
}
