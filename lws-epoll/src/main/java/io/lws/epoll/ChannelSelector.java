package io.lws.epoll;

import io.lws.loop.NioPoller;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;

/** Watches the JDK's channels with the JDK's selector, which the poller in turn watches as one descriptor. */
final class ChannelSelector {
    private final Selector selector;
    private final NioPoller poller;
    private final int fd;

    private ChannelSelector(Selector selector, int fd) {
        this.selector = selector;
        this.poller = new NioPoller(selector);
        this.fd = fd;
    }

    static ChannelSelector open() throws IOException {
        Selector selector = Selector.open();
        try {
            return new ChannelSelector(selector, OpenDescriptors.ofSelector(selector));
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Readable when something that is watched is ready. */
    int fd() {
        return fd;
    }

    Poller.Registration register(SelectableChannel channel, int interest, Pollable target) throws IOException {
        return poller.register(channel, interest, target);
    }

    int pollNow() throws IOException {
        return poller.poll(0);
    }

    /** Makes the kernel watch what was registered since; what is ready is found ready again. */
    void submit() throws IOException {
        if (size() > 0) {
            selector.selectNow();
        }
    }

    int size() {
        return poller.size();
    }

    void close() {
        poller.close();
    }
}
