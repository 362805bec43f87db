package io.lws.epoll;

import io.lws.Context;
import io.lws.loop.ForeignLoop;
import io.lws.testing.LoopContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The thread of another framework drives the loop; one of ours waits for descriptors meanwhile. */
abstract class ForeignLoopContract extends LoopContract {
    private final ExecutorService framework = Executors.newSingleThreadExecutor();
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
    protected void stop() {
        framework.shutdown();
    }
}
