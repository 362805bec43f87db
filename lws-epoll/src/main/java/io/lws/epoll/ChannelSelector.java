package io.lws.epoll;

import io.lws.loop.NioPoller;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;

/** Watches the JDK's channels with the JDK's selector, which the poller in turn watches as one descriptor. */
final class ChannelSelector {
    private final NioPoller poller;
    private final int fd;

    private ChannelSelector(NioPoller poller, int fd) {
        this.poller = poller;
        this.fd = fd;
    }

    static ChannelSelector open() throws IOException {
        Selector selector = Selector.open();
        try {
            return new ChannelSelector(new NioPoller(selector), OpenDescriptors.ofSelector(selector));
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

    int size() {
        return poller.size();
    }

    void close() {
        poller.close();
    }
}
