package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.loop.Interest;
import io.lws.loop.Poller;
import io.lws.testing.PollerContract;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpollPollerTest extends PollerContract {
    @Override
    protected Poller open() throws IOException {
        return new EpollProvider().open("");
    }

    /** The kernel tells of it again and again, asked or not: the loop would never rest. */
    @Test
    void reportsNoHangUpToWhoIsInterestedInNothing() throws IOException {
        Pipe pipe = Pipe.open();
        try (EpollPoller poller = new EpollPoller(EpollPoller.Trigger.LEVEL, 0);
                Pipe.SourceChannel source = pipe.source()) {
            source.configureBlocking(false);
            List<Integer> told = new ArrayList<>();
            int fd = OpenDescriptors.ofChannel(source);
            Poller.Registration watched = poller.register(fd, Interest.NONE, told::add);
            pipe.sink().close();
            assertEquals(0, poller.poll(0));
            watched.interest(Interest.READ);
            assertEquals(1, poller.poll(0));
            assertEquals(List.of(Interest.READ), told);
            watched.interest(Interest.NONE);
            assertEquals(0, poller.poll(0));
            watched.cancel();
            assertEquals(0, poller.size());
        }
    }
}
