package io.lws.epoll;

import io.lws.Context;
import io.lws.testing.LoopContract;

class EpollBusyLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        return builder.poller("epoll:busy=50").build().start();
    }
}
