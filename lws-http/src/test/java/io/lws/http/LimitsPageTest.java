package io.lws.http;

import io.lws.Limits;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpTimeouts;
import io.lws.http.form.FormLimits;
import io.lws.testing.LimitsPage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/limits.md names every limit, with the default it has. */
class LimitsPageTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Limits.class,
                HttpLimits.class,
                FormLimits.class,
                H2Limits.class,
                HttpClientLimits.class,
                HttpTimeouts.class
            })
    void namesEachLimitWithItsDefault(Class<? extends Record> type) throws Exception {
        LimitsPage.assertNamesEach((Record) type.getField("DEFAULT").get(null));
    }
}
