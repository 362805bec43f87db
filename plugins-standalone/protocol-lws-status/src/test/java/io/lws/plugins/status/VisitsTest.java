package io.lws.plugins.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VisitsTest {
    private static Visit visit(String peer, String userAgent) {
        Visit visit = new Visit(Instant.EPOCH);
        visit.peer = peer;
        visit.userAgent = userAgent;
        return visit;
    }

    @Test
    void quotesWhatAPeerMayHaveSent() {
        Visits visits = new Visits(10);
        visits.add(visit("/192.0.2.1:1", "a \"b\" \\ \t" + "x".repeat(500)));
        assertEquals(
                "{\"vhost\":\"v\",\"connections\":3,\"wsi\":1,\"conns\":[{\"peer\":\"/192.0.2.1:1\","
                        + "\"time\":\"1970-01-01T00:00:00Z\",\"ua\":\"a \\\"b\\\" \\\\ ?" + "x".repeat(111) + "\"}]}",
                visits.json("v", 3));
    }

    @Test
    void listsTheNewestOnly() {
        Visits visits = new Visits(1);
        Visit first = visit("first", "");
        visits.add(first);
        visits.add(visit("second", ""));
        String json = visits.json("v", 2);
        assertEquals(-1, json.indexOf("first"));
        visits.remove(first);
        assertEquals(json.replace("\"wsi\":2", "\"wsi\":1"), visits.json("v", 2));
        assertThrows(IllegalArgumentException.class, () -> new Visits(-1));
    }
}
