package io.lws.epoll;

import io.lws.Context;
import io.lws.testing.LoopContract;

class EpollLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        return builder.poller("epoll").build().start();
    }
}
