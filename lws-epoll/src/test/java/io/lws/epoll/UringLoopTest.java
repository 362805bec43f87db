package io.lws.epoll;

import io.lws.Context;
import io.lws.testing.LoopContract;

class UringLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        return builder.poller("uring").build().start();
    }
}
