package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers whose head is all that is sent. */
class H2BodilessTest {
    /** The stream ends with the head; who writes as long as it may must come to the end nonetheless. */
    @ParameterizedTest
    @CsvSource({"HEAD, 200, 65535", "HEAD, 200, 0", "GET, 204, 0", "POST, 204, 0"})
    void comesToTheEndOfContentThatIsNotSent(String method, int status, int windowBytes) {
        H2Rig.Script script = new H2Rig.Script();
        script.onRequest = http -> {
            http.start(status, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        script.onWriteable = (http, tx) -> {
            while (tx.isReady() && http.pss().sent < 100_000) {
                tx.write(ByteBuffer.allocate(10_000));
                http.pss().sent += 10_000;
            }
            if (http.pss().sent < 100_000) {
                http.requestWriteable();
            } else {
                tx.finish();
            }
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, windowBytes).frames();
            List<String> frames = peer.request(1, method, "/", method.equals("POST") ? H2Frame.END_HEADERS : H2Peer.END)
                    .frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: " + status), frames.toString());
            assertTrue(frames.get(0).endsWith(" END"), frames.toString());
            assertEquals("closed LOCAL " + status, script.events.get(script.events.size() - 1));
        }
    }

    /** Its stream has ended with the head, and is in no table any more. */
    @Test
    void tellsOfTheEndOfAConnectionInTheMiddleOfWhatIsNotSent() {
        H2Rig.Script script = new H2Rig.Script();
        script.onRequest = http -> http.start(200, Headers.EMPTY, -1);
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.request(1, "HEAD", "/", H2Peer.END).frames();
            peer.end.reset();
            rig.settle();
            assertEquals("closed NETWORK 0", script.events.get(script.events.size() - 1));
        }
    }
}
