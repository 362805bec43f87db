package io.lws.loop;

import io.lws.testing.PollerContract;
import java.io.IOException;

class NioPollerTest extends PollerContract {
    @Override
    protected Poller open() throws IOException {
        return new NioPoller();
    }
}
