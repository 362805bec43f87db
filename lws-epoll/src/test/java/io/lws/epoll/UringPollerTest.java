package io.lws.epoll;

import io.lws.loop.Poller;
import io.lws.testing.PollerContract;
import java.io.IOException;

class UringPollerTest extends PollerContract {
    @Override
    protected Poller open() throws IOException {
        return new UringProvider().open();
    }
}
