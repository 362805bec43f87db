package io.lws.epoll;

import io.lws.Context;
import io.lws.testing.LoopContract;

class EpollLevelLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        return builder.poller("epoll:level").build().start();
    }
}
