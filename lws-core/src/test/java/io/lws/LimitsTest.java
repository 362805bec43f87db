package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
    record Row(String field, UnaryOperator<Limits.Builder> set) {}

    static Stream<Row> notAboveZero() {
        return Stream.of(
                new Row("maxConnections", b -> b.maxConnections(0)),
                new Row("maxPendingBytes", b -> b.maxPendingBytes(-1)),
                new Row("rxStopBytes", b -> b.rxStopBytes(0)),
                new Row("turnBytes", b -> b.turnBytes(0)),
                new Row("turnWriteables", b -> b.turnWriteables(0)),
                new Row("maxHandshakes", b -> b.maxHandshakes(0)),
                new Row("handshakeTimeout", b -> b.handshakeTimeout(Duration.ZERO)),
                new Row("maxClientHelloBytes", b -> b.maxClientHelloBytes(0)),
                new Row("acceptBackoff", b -> b.acceptBackoff(Duration.ZERO)),
                new Row("sendTimeout", b -> b.sendTimeout(Duration.ofSeconds(-1))),
                new Row("maxHandshakes", b -> b.maxHandshakes(0)),
                new Row("handshakeTimeout", b -> b.handshakeTimeout(Duration.ZERO)),
                new Row("maxClientHelloBytes", b -> b.maxClientHelloBytes(0)),
                new Row("maxClientHelloBytes", b -> b.maxClientHelloBytes(65_537)),
                new Row("lingerTimeout", b -> b.lingerTimeout(Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("notAboveZero")
    void refusesWhatIsNotAboveZero(Row row) {
        Limits.Builder builder = row.set.apply(Limits.builder());
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains(row.field), message);
    }

    @Test
    void setsEachFieldFromItsBuilder() {
        Limits limits = Limits.builder()
                .maxConnections(1)
                .acceptBackoff(Duration.ofNanos(2))
                .sendTimeout(Duration.ofNanos(3))
                .lingerTimeout(Duration.ofNanos(4))
                .maxPendingBytes(5)
                .rxStopBytes(6)
                .turnBytes(7)
                .turnWriteables(8)
                .maxHandshakes(9)
                .handshakeTimeout(Duration.ofNanos(10))
                .maxClientHelloBytes(11)
                .build();
        Limits expected = new Limits(
                1,
                Duration.ofNanos(2),
                Duration.ofNanos(3),
                Duration.ofNanos(4),
                5,
                6,
                7,
                8,
                9,
                Duration.ofNanos(10),
                11);
        assertEquals(expected, limits);
    }
}
