package io.lws.loop;

import io.lws.Context;
import io.lws.testing.LoopContract;

/** An application that has a loop of its own and asks the context's loop by the way, without waiting in it for long. */
class OwnPollLoopTest extends LoopContract {
    private final Thread application = new Thread(this::turn);
    private volatile Context served = Context.builder().build();

    @Override
    protected Context start(Context.Builder builder) {
        served.close();
        served = builder.poller("nio").build();
        application.start();
        return served;
    }

    private void turn() {
        while (!served.isClosed()) {
            served.loops().get(0).serviceOnce(1_000_000);
        }
    }

    @Override
    protected void stop() throws InterruptedException {
        application.join();
    }
}
