package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.loop.NioPoller;
import io.lws.loop.Poller;
import io.lws.spi.PollersFound;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollerChoiceTest {
    private static final PollersFound FOR_ANOTHER_JAVA = new PollersFound(List.of(), List.of("x is for a newer Java"));
    private static final PollersFound NOTHING = new PollersFound(List.of(), List.of());

    private static String refusal(String name, PollersFound found) {
        return assertThrows(IllegalArgumentException.class, () -> PollerChoice.open(name, found))
                .getMessage();
    }

    @Test
    void goesOnWithoutWhatCannotBeLoaded() throws IOException {
        try (Poller poller = PollerChoice.open("auto", FOR_ANOTHER_JAVA)) {
            assertInstanceOf(NioPoller.class, poller);
        }
    }

    @Test
    void saysOfAPollerThatIsNamedWhyItCannotBeLoaded() {
        assertEquals("no poller is called epoll; there are nio, auto", refusal("epoll", NOTHING));
        assertEquals(
                "no poller is called epoll:level; there are nio, auto; and what cannot be used: x is for a newer Java",
                refusal("epoll:level", FOR_ANOTHER_JAVA));
    }
}
