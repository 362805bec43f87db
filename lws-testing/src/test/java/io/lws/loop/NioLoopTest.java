package io.lws.loop;

import io.lws.Context;
import io.lws.testing.LoopContract;

class NioLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        return builder.poller("nio").build().start();
    }
}
