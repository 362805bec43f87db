package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.h2.H2Rig.Script;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callbacks throw, and what becomes of their stream. */
class H2FailureTest {
    @Test
    void endsOnlyTheStreamOfACallbackThatThrows() {
        Script script = new Script();
        script.onRequest = http -> {
            if (http.request().path().equals("/bad")) {
                throw new IllegalStateException("on purpose");
            }
            http.respond(200, "text/plain", "ok");
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            List<String> frames = peer.get(1, "/bad").get(3, "/good").frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: 500"), frames.get(0));
            assertEquals("DATA 3 ok END", frames.get(frames.size() - 1));
            assertTrue(script.events.contains("closed CALLBACK 0"), script.events.toString());
        }
    }

    @Test
    void answers500ToWhatThrowsBeforeThereIsATransaction() {
        Script script = new Script();
        script.newPss = () -> {
            throw new IllegalStateException("on purpose");
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            List<String> frames = peer.get(1, "/bad").frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: 500"), frames.toString());
            script.newPss = H2Rig.Pss::new;
            assertEquals("DATA 3 /good END", peer.get(3, "/good").frames().get(1));
        }
    }

    @Test
    void answersWithTheStatusOfAViolationThatIsThrown() {
        Script script = Script.echo();
        script.onBody = (http, rx) -> {
            throw new ProtocolException(415, "not a form");
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS);
            List<String> frames = peer.data(1, "x", H2Frame.END_STREAM).frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: 415"), frames.toString());
            assertEquals(List.of("request POST /", "closed PROTOCOL 415"), script.events);
        }
    }

    @Test
    void resetsWhatThrowsInTheMiddleOfAnAnswerThatWaitsForCredit() {
        Script script = new Script();
        script.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        script.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[10]));
            throw new IllegalStateException("on purpose");
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 3).get(1, "/");
            List<String> frames = peer.frames();
            assertEquals("RST_STREAM 1 " + H2Error.INTERNAL_ERROR, frames.get(frames.size() - 1));
            assertEquals(List.of(), peer.windowUpdate(1, 100).frames());
        }
    }

    @Test
    void refusesAnAnswerWithFieldsThatFrameIt() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, Headers.of("Content-Length", "1"), new byte[0]);
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            List<String> frames = peer.get(1, "/").frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: 500"), frames.toString());
            assertTrue(script.events.contains("closed CALLBACK 0"), script.events.toString());
        }
    }
}
