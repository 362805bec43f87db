package io.lws.epoll;

import io.lws.loop.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/** Tries once, before anybody relies on it, whether the calls are there and do what they should. */
final class SelfCheck {
    private SelfCheck() {}

    /** Why epoll cannot be used; {@code null} = it can. */
    static @Nullable String failure() {
        try (EpollPoller poller = new EpollPoller(EpollPoller.Trigger.EDGE, 0)) {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source();
                    Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                int[] told = new int[1];
                poller.register(source, Interest.READ, ready -> told[0]++);
                poller.register(OpenDescriptors.ofChannel(source), Interest.READ, ready -> told[0]++);
                sink.write(ByteBuffer.allocate(1));
                poller.poll(1_000_000_000);
                return told[0] == 2 ? null : "a ready pipe was not reported";
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
