package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lws.Context;
import io.lws.loop.ForeignLoop;
import io.lws.testing.LoopContract;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread of another framework drives the loop; one of ours waits for descriptors meanwhile. */
abstract class ForeignLoopContract extends LoopContract {
    private final ThreadPoolExecutor framework =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final String poller;

    ForeignLoopContract(String poller) {
        this.poller = poller;
    }

    @Override
    protected Context start(Context.Builder builder) {
        Context context = builder.poller(poller).build();
        ForeignLoop.attach(context.loops().get(0), framework);
        return context;
    }

    @Override
    protected void stop() throws Exception {
        assertFalse(framework.isShutdown());
        assertEquals(0, framework.getQueue().size());
        assertEquals(1, framework.submit(framework::getPoolSize).get(20, TimeUnit.SECONDS));
        framework.shutdown();
    }
}
