package io.lws.loop;

import io.lws.Log;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Lets the thread of another framework be the loop's thread (lws: foreign loops). Each turn is one task of the foreign
 * loop, run when there is something to do; a thread of this object only waits for that. So callbacks run where the
 * framework's own do, its windows stay live, and nothing is polled for.
 *
 * <pre>
 *     ForeignLoop.attach(loop, SwingUtilities::invokeLater);      // Swing
 *     ForeignLoop.attach(loop, nettyEventLoop);                   // Netty
 * </pre>
 *
 * <p>Any {@link Executor} with one thread will do; the example gtk/minimal-gtk makes one of GTK's main loop.
 *
 * <p>To be attached instead of {@code Context.run} or {@code start}, to each loop of the context. It lets go by itself when
 * the loop ends with its context; the foreign loop is then as it was found: no task of ours is left in it. A foreign loop
 * that ends before, and so refuses a turn, ends the loop: connections are cut, on a thread of this object.
 */
public final class ForeignLoop {
    private static final Log LOG = Log.of("lws.loop");

    private final EventLoop loop;
    private final Executor foreign;
    private final Semaphore turnOver = new Semaphore(0);
    private final Thread waiter;
    private volatile long waitNs;

    private ForeignLoop(EventLoop loop, Executor foreign) {
        this.loop = loop;
        this.foreign = foreign;
        waiter = new Thread(this::waitAndTurn, "lws-wait-" + loop.index());
        waiter.setDaemon(true);
    }

    /** {@code foreign} runs every task on one and the same thread, soon, and one after the other. Any thread. */
    public static ForeignLoop attach(EventLoop loop, Executor foreign) {
        ForeignLoop attached = new ForeignLoop(loop, foreign);
        attached.waiter.start();
        return attached;
    }

    /** Returns once the loop has ended and this object does nothing any more. Not on the foreign loop's thread. */
    public void awaitDetached() throws InterruptedException {
        waiter.join();
    }

    private void waitAndTurn() {
        try {
            while (!loop.isEnded()) {
                foreign.execute(this::turn);
                turnOver.acquire();
                if (!loop.isEnded()) {
                    loop.poller().await(waitNs);
                }
            }
        } catch (RejectedExecutionException e) {
            LOG.error(
                    "loop " + loop.index(),
                    "the foreign loop has ended before the context; its connections are cut",
                    e);
            loop.endForAThreadThatIsGone();
        } catch (IOException | InterruptedException e) {
            LOG.error("loop " + loop.index(), "waiting failed; the loop ends", e);
            loop.stop();
            foreign.execute(this::turn);
        }
    }

    private void turn() {
        try {
            if (loop.isBound() && !loop.inLoop()) {
                return; // closed before its first turn, by a thread that ends it
            }
            loop.serviceOnce(0);
            waitNs = loop.isEnded() ? 0 : loop.beginForeignWait();
        } finally {
            turnOver.release();
        }
    }
}
