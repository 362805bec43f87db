package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateCareTest {
    /** Who is told of the age and throws is told again, and the others go on. */
    @Test
    void tellsTheAgeDailyWhateverTheHookDoes() {
        List<String> told = new ArrayList<>();
        ManualClock clock = new ManualClock();
        Vhost vhost = Vhost.builder("localhost")
                .tls(TlsConfig.builder()
                        .key(DevelopmentCertificate.localhost())
                        .onCertAging((about, leaf, left) -> {
                            told.add(about.name());
                            throw new IllegalStateException("on purpose");
                        })
                        .build())
                .build();
        try (Context context =
                Context.builder().clock(clock).vhost(vhost).poller("nio").build()) {
            EventLoop loop = context.loops().get(0);
            loop.serviceOnce(0);
            assertEquals(List.of("localhost"), told);
            clock.advance(Duration.ofDays(1));
            loop.serviceOnce(0);
            assertEquals(List.of("localhost", "localhost"), told);
            loop.stop();
            loop.serviceOnce(0);
        }
    }
}
