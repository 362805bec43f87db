package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.http.wire.WireEvents.Progress;
import org.junit.jupiter.api.Test;

/** How often a request is asked again, and after what. */
class RepeatsTest {
    private static final ClientRequest GET = ClientRequest.get("http://a/");
    private static final ClientRequest POST = ClientRequest.post("http://a/", RequestBody.text("a/b", "c"));
    private static final CloseInfo LOST = CloseInfo.peer(0, "gone");

    private final Repeats repeats = new Repeats();

    private int count(Progress progress, ClientRequest request, boolean reused) {
        int count = 0;
        while (repeats.mayFollow(LOST, progress, request, reused)) {
            repeats.begins(progress);
            count++;
        }
        return count;
    }

    @Test
    void asksAnythingAgainThatWasNotLookedAtButNotForEver() {
        assertFalse(repeats.isRepeat());
        assertEquals(16, count(Progress.NOT_PROCESSED, POST, false));
        assertTrue(repeats.isRepeat());
        assertFalse(repeats.isLostOnKept());
        repeats.reset();
        assertFalse(repeats.isRepeat());
    }

    @Test
    void asksWhatDoesNoHarmAgainWhereAKeptConnectionWasLost() {
        assertEquals(2, count(Progress.NOTHING_CAME, GET, true));
        assertTrue(repeats.isLostOnKept());
    }

    @Test
    void doesNotAskAgainWhatMayHaveBeenDone() {
        assertEquals(0, count(Progress.NOTHING_CAME, GET, false));
        assertEquals(0, count(Progress.NOTHING_CAME, POST, true));
        assertEquals(0, count(Progress.SOMETHING_CAME, GET, true));
        CloseInfo broken = CloseInfo.protocol(new ProtocolException(1, "nonsense"));
        assertFalse(repeats.mayFollow(broken, Progress.NOTHING_CAME, GET, true));
    }
}
