package io.lws.spi;

import io.lws.loop.Poller;
import java.io.IOException;

/** Makes pollers of one kind, such as {@code epoll}; found by {@link java.util.ServiceLoader}, chosen by name. */
public interface PollerProvider {
    /** The name it is chosen by. */
    String name();

    /** Among the available ones the highest is the automatic choice; {@code nio} is 0. */
    int priority();

    /** Whether it works on this system; must not throw. */
    boolean available();

    Poller open() throws IOException;
}
