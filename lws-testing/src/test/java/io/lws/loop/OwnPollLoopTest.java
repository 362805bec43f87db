package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.testing.LoopContract;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application that has a loop of its own and asks the context's loop by the way, without waiting in it for long. Its
 * loop goes on when there is nothing to ask any more.
 */
class OwnPollLoopTest extends LoopContract {
    private final Thread application = new Thread(this::turn);
    private final CountDownLatch turnsAfter = new CountDownLatch(10);
    private volatile boolean done;
    private volatile Context served = Context.builder().build();

    @Override
    protected Context start(Context.Builder builder) {
        served.close();
        served = builder.poller("nio").build();
        application.start();
        return served;
    }

    private void turn() {
        while (!done) {
            served.loops().get(0).serviceOnce(1_000_000);
            if (served.isClosed()) {
                turnsAfter.countDown();
            }
        }
    }

    @Override
    protected void stop() throws InterruptedException {
        assertTrue(turnsAfter.await(20, TimeUnit.SECONDS), "the application's loop has ended with the context");
        assertFalse(application.isInterrupted());
        done = true;
        application.join();
    }
}
