package io.lws.loop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * The seam below an {@link EventLoop}: waits for channels and tells their {@link Pollable}s (lws: event lib). One poller
 * serves one loop; all methods belong to the loop's thread except {@link #wakeup}.
 */
public interface Poller extends AutoCloseable {
    /** Such as {@code nio}. */
    String name();

    /** Watches a non-blocking channel. {@code target} hears of {@code interest} until the registration is cancelled. */
    Registration register(SelectableChannel channel, int interest, Pollable target) throws IOException;

    /**
     * Waits for readiness and dispatches it.
     *
     * @param timeoutNs 0 = only look, negative = until something happens or {@link #wakeup}
     * @return how many channels were ready
     */
    int poll(long timeoutNs) throws IOException;

    /**
     * Hands to the kernel what a poller may have put off until the next {@link #poll}, such as output that shares one
     * system call; for a thread that does something else next.
     */
    default void submit() throws IOException {}

    /**
     * Lets go of channels whose registrations were cancelled, where a poller does so only with its next {@link #poll}: a
     * channel that is closed stays open underneath until then.
     */
    default void forgetCancelled() throws IOException {}

    /**
     * Waits as {@link #poll} does, but dispatches nothing, and what is ready stays so: for a thread that only waits on
     * behalf of another, while that one is in no {@link #poll}.
     *
     * @throws UnsupportedOperationException where that is not possible
     */
    default void await(long timeoutNs) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller cannot be waited for by another thread");
    }

    /**
     * Opens a file for reading as {@link FileChannel#open(Path, OpenOption...)} does, on a channel from which this
     * poller's transports can send without copying, where that takes one of their own kind. The caller closes it.
     */
    default FileChannel openFile(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    /** Makes a running or the next {@link #poll}, or {@link #await}, return soon. Any thread. */
    void wakeup();

    /** Channels being watched. */
    int size();

    @Override
    void close();

    /** One watched channel. */
    interface Registration {
        int interest();

        /** Costs a system call at the next poll when it changes anything. */
        void interest(int interest);

        /** Stops watching; does not close the channel. Idempotent. */
        void cancel();
    }
}
