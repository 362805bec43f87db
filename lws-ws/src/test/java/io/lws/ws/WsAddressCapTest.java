package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class WsAddressCapTest {
    @Test
    void countsByAddress() {
        WsAddressCap cap = WsAddressCap.of(2);
        var one = new InetSocketAddress("192.0.2.1", 1000);
        var other = new InetSocketAddress("192.0.2.2", 1000);
        assertTrue(cap.take(one) && cap.take(new InetSocketAddress("192.0.2.1", 2000)) && cap.take(other));
        assertFalse(cap.take(one));
        cap.give(one);
        assertTrue(cap.take(one));
        assertTrue(cap.take(null), "a unix socket's peer has no address");
        cap.give(null);
        cap.give(other);
        assertEquals(1, cap.addresses());
        assertThrows(IllegalArgumentException.class, () -> WsAddressCap.of(0));
    }
}
