package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How another role takes a connection over, or is not let to. */
class H1UpgradeTest {
    private static final String ASK =
            "GET /up HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: shout\r\n\r\n";

    private final List<String> events = new ArrayList<>();
    private final Probe probe = Probe.echoingPaths();
    private Function<UpgradeRequest, UpgradeAnswer> decision = asked -> accept();

    private UpgradeAnswer accept() {
        return new UpgradeAnswer.Accept(Headers.of("Upgrade", "shout"), Shout::new);
    }

    private HttpRig rig() {
        HttpUpgrade upgrade = new HttpUpgrade() {
            @Override
            public String token() {
                return "shout";
            }

            @Override
            public boolean isServedBy(Vhost vhost) {
                return true;
            }

            @Override
            public UpgradeAnswer answer(UpgradeRequest request) {
                return decision.apply(request);
            }
        };
        return new HttpRig(Limits.DEFAULT, List.of(upgrade), vhost -> vhost.protocol("p", (owner, options) -> probe));
    }

    @Test
    void givesTheNewRoleWhatCameBehindTheRequest() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send(ASK + "abc");
            rig.settle();
            String wire = client.receivedText();
            assertTrue(wire.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), wire);
            assertTrue(wire.contains("\r\nConnection: Upgrade\r\nUpgrade: shout\r\n"), wire);
            assertTrue(wire.endsWith("\r\n\r\nABC"), wire);
            client.send("def");
            rig.settle();
            assertEquals("DEF", client.receivedText());
            client.fin();
            rig.settle();
        }
        assertEquals(List.of("closed PEER"), events);
        assertEquals(List.of(), probe.events);
    }

    @Test
    void upgradesAfterPlainRequestsAndHoweverTheRequestIsCut() {
        String plain = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";
        for (int perRead = 1; perRead < 40; perRead += 3) {
            try (HttpRig rig = rig()) {
                MemoryTransport server = rig.open().deliverPerRead(perRead);
                server.peer().send(plain + ASK + "abc");
                rig.settle();
                String wire = server.peer().receivedText();
                assertTrue(wire.startsWith("HTTP/1.1 200 OK\r\n") && wire.endsWith("\r\n\r\nABC"), wire);
                server.peer().fin();
                rig.settle();
            }
        }
    }

    @Test
    void answersARefusalAndCloses() {
        decision = asked -> new UpgradeAnswer.Refuse(426, Headers.of("X-Why", "not <you>"), "not <you>");
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send(ASK + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals(426, answer.status());
            assertEquals("not <you>", answer.field("x-why"));
            assertTrue(answer.body().contains("not &lt;you&gt;"));
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
        assertEquals(List.of(), events);
        assertEquals(List.of(), probe.events);
    }

    @Test
    void servesAsHttpWhatAnUpgradeIgnores() {
        decision = asked -> new UpgradeAnswer.Ignore();
        try (HttpRig rig = rig()) {
            List<Answer> answers = Answer.all(rig.exchange(ASK + ASK));
            assertEquals(
                    List.of("/up", "/up"), answers.stream().map(Answer::body).toList());
        }
        assertEquals(2, probe.closed.size());
    }

    @Test
    void servesAsHttpWhatIsNoProperOffer() {
        try (HttpRig rig = rig()) {
            for (String wrong : List.of(
                    ASK.replace("Connection: keep-alive, Upgrade\r\n", ""),
                    ASK.replace("shout", "whisper"),
                    ASK.replace("HTTP/1.1", "HTTP/1.0").replace("keep-alive, ", ""))) {
                assertEquals("/up", Answer.one(rig.exchange(wrong)).body());
            }
            String withContent = ASK.replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 1\r\n\r\nx");
            assertEquals("/up", Answer.one(rig.exchange(withContent)).body());
        }
    }

    @Test
    void answers500ForAnUpgradeThatThrows() {
        decision = asked -> {
            throw new IllegalStateException("thrown by the test");
        };
        try (HttpRig rig = rig()) {
            assertEquals(500, Answer.one(rig.exchange(ASK)).status());
        }
    }

    @Test
    void answers500ForARoleThatCannotBeMade() {
        decision = asked -> new UpgradeAnswer.Accept(Headers.EMPTY, connection -> {
            throw new IllegalStateException("thrown by the test");
        });
        try (HttpRig rig = rig()) {
            assertEquals(500, Answer.one(rig.exchange(ASK)).status());
        }
        assertEquals(List.of(), events);
    }

    @Test
    void answersTheStatusOfAViolation() {
        decision = asked -> {
            throw new ProtocolException(400, "bad key");
        };
        try (HttpRig rig = rig()) {
            assertEquals(400, Answer.one(rig.exchange(ASK)).status());
        }
    }

    @Test
    void tellsTheNewRoleOnceThatTheClientHasGone() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send(ASK);
            rig.settle();
            client.reset();
            rig.settle();
        }
        assertEquals(List.of("closed NETWORK"), events);
    }

    /** Sends everything back in capitals. */
    private final class Shout implements RoleConnection {
        private final Connection connection;

        Shout(Connection connection) {
            this.connection = connection;
        }

        @Override
        public String roleName() {
            return "shout";
        }

        @Override
        public void onReadable(ByteBuffer in) {
            String text = StandardCharsets.US_ASCII.decode(in).toString();
            connection.write(
                    ByteBuffer.wrap(text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void onWriteable() {}

        @Override
        public void onPeerFin() {
            connection.close(CloseInfo.peer(0, "end"));
        }

        @Override
        public void onViolation(ProtocolException violation) {}

        @Override
        public void onTimeout(TimeoutReason reason) {}

        @Override
        public void onDrain() {}

        @Override
        public void onClosed(CloseInfo info) {
            events.add("closed " + info.initiator());
        }
    }
}
