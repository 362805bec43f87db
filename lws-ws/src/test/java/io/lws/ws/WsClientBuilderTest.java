package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no handshake may say is refused before anybody is called. */
class WsClientBuilderTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner runner = leaks.loop();
    private final Vhost vhost = Vhost.builder("client")
            .protocol("p", (host, options) -> new WsProtocol<Void>() {})
            .build();
    private final Context context = Context.builder().vhost(vhost).build();
    private final WsClient.Builder client = WsClient.builder(vhost)
            .uri("ws://a/")
            .protocol("p")
            .dialer((net, host, port, outcome) -> {
                throw new AssertionError("called");
            });

    @AfterEach
    void closeContext() {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a,b", "a\r\nX: y", "ü", "twice"})
    void offersNoSubprotocolThatIsNone(String name) {
        client.subprotocol("twice").subprotocol(name);
        assertThrows(IllegalArgumentException.class, () -> client.connect(runner.net()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Content-Length"})
    void hasItsOwnFieldsItself(String name) {
        assertThrows(IllegalArgumentException.class, () -> client.header(name, "13"));
    }
}
