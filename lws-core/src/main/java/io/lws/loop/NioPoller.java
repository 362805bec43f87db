package io.lws.loop;

import io.lws.Log;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** The default poller: a {@link Selector}, dispatching without a selected-key set, hence without allocation. */
public final class NioPoller implements Poller {
    private static final Log LOG = Log.of("lws.loop");
    private static final long NS_PER_MS = 1_000_000;
    private static final Consumer<SelectionKey> DISPATCH = NioPoller::dispatch;

    private final Selector selector;

    public NioPoller() throws IOException {
        this(Selector.open());
    }

    /** Takes over {@code selector}. */
    public NioPoller(Selector selector) {
        this.selector = selector;
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public Registration register(SelectableChannel channel, int interest, Pollable target) throws IOException {
        try {
            return new KeyRegistration(channel.register(selector, interest, target));
        } catch (CancelledKeyException e) {
            // watched here before, and the selector has not yet let go of the cancelled key
            forgetCancelled();
            return new KeyRegistration(channel.register(selector, interest, target));
        }
    }

    /** What is ready meanwhile stays so, for the next poll. */
    @Override
    public void forgetCancelled() throws IOException {
        selector.selectNow(key -> {});
    }

    @Override
    public int poll(long timeoutNs) throws IOException {
        return timeoutNs == 0 ? selector.selectNow(DISPATCH) : selector.select(DISPATCH, timeoutMs(timeoutNs));
    }

    /** A selector waits whole milliseconds: round up, so that a due timer is never polled for in a tight loop. */
    private static long timeoutMs(long timeoutNs) {
        return timeoutNs < 0 ? 0 : (timeoutNs - 1) / NS_PER_MS + 1;
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        if (timeoutNs != 0) {
            selector.select(timeoutMs(timeoutNs));
        }
    }

    private static void dispatch(SelectionKey key) {
        int ready;
        try {
            ready = key.readyOps();
        } catch (CancelledKeyException e) {
            // closed by an earlier target of this very poll, or by another thread
            return;
        }
        try {
            ((Pollable) key.attachment()).onReady(ready);
        } catch (Throwable e) {
            LOG.error("nio", "a target of readiness threw", e);
        }
    }

    @Override
    public void wakeup() {
        try {
            selector.wakeup();
        } catch (ClosedSelectorException e) {
            // the loop has ended: nobody is left to wake
            return;
        }
    }

    @Override
    public int size() {
        return selector.isOpen() ? selector.keys().size() : 0;
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing the selector", e);
        }
    }

    private record KeyRegistration(SelectionKey key) implements Registration {
        @Override
        public int interest() {
            try {
                return key.interestOps();
            } catch (CancelledKeyException e) {
                return Interest.NONE;
            }
        }

        @Override
        public void interest(int interest) {
            try {
                key.interestOps(interest);
            } catch (CancelledKeyException e) {
                // its channel is closed, perhaps by another thread just now: nothing to watch
                return;
            }
        }

        @Override
        public void cancel() {
            key.cancel();
        }
    }
}
