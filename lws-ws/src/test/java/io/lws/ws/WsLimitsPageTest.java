package io.lws.ws;

import io.lws.testing.LimitsPage;
import org.junit.jupiter.api.Test;

/** docs/limits.md names every limit, with the default it has. */
class WsLimitsPageTest {
    @Test
    void namesEachLimitWithItsDefault() throws Exception {
        LimitsPage.assertNamesEach(WsLimits.defaults());
    }
}
