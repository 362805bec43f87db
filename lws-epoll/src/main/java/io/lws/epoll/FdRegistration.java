package io.lws.epoll;

import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;

/** A descriptor of somebody else's, watched level triggered. */
final class FdRegistration implements Poller.Registration, EventSink {
    private final EpollPoller poller;
    private final int fd;
    private final Pollable target;
    private int interest;
    private boolean cancelled;

    FdRegistration(EpollPoller poller, int fd, int interest, Pollable target) throws IOException {
        if (fd < 0) {
            throw new IllegalArgumentException("no descriptor: " + fd);
        }
        this.poller = poller;
        this.fd = fd;
        this.interest = interest;
        this.target = target;
        int result = poller.add(fd, EpollPoller.bits(interest), this);
        if (result == -Errno.EBADF) {
            throw new IllegalArgumentException("descriptor " + fd + " is not open");
        }
        if (result == -Errno.EPERM) {
            throw new IllegalArgumentException("descriptor " + fd + " is a file, which cannot be waited for");
        }
        if (result < 0) {
            throw Errno.failure("watching descriptor " + fd, -result);
        }
        if (interest == Interest.NONE) {
            poller.change(fd, 0);
        }
    }

    @Override
    public void onEvents(int events) {
        int ready = EpollPoller.ready(events, interest);
        if (ready != 0) {
            target.onReady(ready);
        }
    }

    @Override
    public int interest() {
        return interest;
    }

    @Override
    public void interest(int wanted) {
        if (!cancelled && wanted != interest) {
            interest = wanted;
            poller.change(fd, EpollPoller.bits(wanted));
        }
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            interest = Interest.NONE;
            poller.remove(fd);
        }
    }
}
