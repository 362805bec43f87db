package io.lws.epoll;

import io.lws.loop.Poller;
import io.lws.net.ListeningSocket;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Epoll of Linux, by the name {@code epoll}. {@code epoll:level} watches sockets level triggered, {@code epoll:busy=50}
 * looks for 50 microseconds before it sleeps, which trades a core for latency; {@code epoll:level,busy=50} is both.
 */
public final class EpollProvider implements PollerProvider {
    static final String NAME = "epoll";

    private static final int PRIORITY = 10;
    private static final long NS_PER_US = 1_000;

    /** What the self-check of this process has found: {@code null} = it works. */
    private static final class Check {
        static final @Nullable String FAILURE = SelfCheck.failure();
    }

    /** For {@link java.util.ServiceLoader}. */
    public EpollProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public boolean available() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux") && Check.FAILURE == null;
    }

    @Override
    public Poller open() throws IOException {
        return open("");
    }

    @Override
    public Poller open(String options) throws IOException {
        var trigger = EpollPoller.Trigger.EDGE;
        long spinNs = 0;
        for (String option : options.isEmpty() ? new String[0] : options.split(",", -1)) {
            if (option.equals("level")) {
                trigger = EpollPoller.Trigger.LEVEL;
            } else if (option.equals("edge")) {
                trigger = EpollPoller.Trigger.EDGE;
            } else if (option.matches("busy=[0-9]{1,6}")) {
                spinNs = Long.parseLong(option.substring("busy=".length())) * NS_PER_US;
            } else {
                throw new IllegalArgumentException(
                        "the epoll poller takes level, edge, busy=MICROSECONDS, not " + option);
            }
        }
        return open(trigger, Duration.ofNanos(spinNs));
    }

    @Override
    public ListeningSocket listening(int fd) throws IOException {
        return new ListeningDescriptor(fd);
    }

    @Override
    public int descriptor(SelectableChannel channel) throws IOException {
        return OpenDescriptors.ofChannel(channel);
    }

    @Override
    public void refuseIpv4(ServerSocketChannel channel) throws IOException {
        int failure = new Calls().setOption(descriptor(channel), Calls.IPPROTO_IPV6, Calls.IPV6_V6ONLY, 1);
        if (failure < 0) {
            throw Errno.failure("IPV6_V6ONLY", -failure);
        }
    }

    @Override
    public void sendDescriptors(SocketChannel to, int... fds) throws IOException {
        new DescriptorPassing(to).send(fds);
    }

    @Override
    public int[] receiveDescriptors(SocketChannel from) throws IOException {
        return new DescriptorPassing(from).receive();
    }

    private static Poller open(EpollPoller.Trigger trigger, Duration spin) throws IOException {
        if (Check.FAILURE != null) {
            throw new IOException("epoll does not work here: " + Check.FAILURE);
        }
        return new EpollPoller(trigger, spin.toNanos());
    }
}
