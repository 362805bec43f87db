package io.lws.epoll;

import io.lws.Log;
import io.lws.loop.Poller;
import io.lws.net.ListeningSocket;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Io_uring of Linux, by the name {@code uring}: one system call a turn for whatever many small messages it brings. Where
 * the kernel refuses it, which containers often make it do, epoll serves instead and one line of the log says so.
 */
public final class UringProvider implements PollerProvider {
    static final String NAME = "uring";

    private static final Log LOG = Log.of("lws.loop");
    /** Below epoll: to have it is a choice, since what may be asked of a kernel this way is more than an operator expects. */
    private static final int PRIORITY = 5;

    private static final AtomicBoolean COMPLAINED = new AtomicBoolean();
    private final EpollProvider epoll = new EpollProvider();

    /** What the self-check of this process has found: {@code null} = it works. */
    private static final class Check {
        static final @Nullable String FAILURE = UringCheck.failure();
    }

    /** For {@link java.util.ServiceLoader}. */
    public UringProvider() {}

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
        return Check.FAILURE == null ? new UringPoller() : instead(Check.FAILURE);
    }

    private Poller instead(String why) throws IOException {
        if (COMPLAINED.compareAndSet(false, true)) {
            LOG.warn(NAME, "io_uring does not work here (" + why + "): epoll serves instead");
        }
        return epoll.open();
    }

    @Override
    public ListeningSocket listening(int fd) throws IOException {
        return epoll.listening(fd);
    }
}
