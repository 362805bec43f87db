package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Subscription;
import io.lws.policy.RetryPolicy;
import io.lws.policy.ValidityPolicy;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session without a socket, driven turn by turn; the broker's end of the wire is in the test's hands, in hex. */
final class MqttRig {
    static final Duration RETRY = Duration.ofSeconds(3);
    /** CONNACK without anything, of a new session and of a kept one. */
    static final String TAKEN = "20 03 00 00 00";

    static final String TAKEN_AGAIN = "20 03 01 00 00";

    final LoopRunner loop;
    final Vhost vhost = Vhost.builder("rig").build();
    final List<Reach.Target> dialed = new ArrayList<>();
    final List<MemoryTransport> wires = new ArrayList<>();
    final Recorder events = new Recorder("");
    boolean unreachable;
    private @Nullable ClientSession<@Nullable Void> session;

    MqttRig() {
        this(Limits.DEFAULT);
    }

    MqttRig(Limits limits) {
        loop = new LoopRunner(limits);
    }

    static MqttOptions.Builder options() {
        return MqttOptions.builder("broker")
                .clientId("c")
                .topicAliasMaximum(0)
                .retry(new RetryPolicy(List.of(RETRY), 0, 0, Integer.MAX_VALUE))
                .keepAlive(new ValidityPolicy(Duration.ofSeconds(30), Duration.ofSeconds(45)));
    }

    Reach reach() {
        return (net, target, outcome) -> {
            dialed.add(target);
            if (unreachable) {
                net.loop().serveNextTurn(() -> outcome.onUnreachable(new IOException("no way")));
            } else {
                MemoryTransport near = MemoryTransport.pair();
                wires.add(near);
                outcome.onReached(near);
            }
            return () -> {};
        };
    }

    /** Opens a session; CONNECT has been sent when this returns. */
    MqttRig open(MqttOptions.Builder options) {
        session = ClientSession.open(vhost, loop.net(), options.build(), events, reach());
        loop.settle();
        return this;
    }

    /** Opens a session that the broker has taken. */
    MqttRig established(MqttOptions.Builder options) {
        open(options);
        sent();
        broker(options.build().version() == MqttVersion.V5 ? TAKEN : "20 02 00 00");
        events.lines.clear();
        return this;
    }

    ClientSession<@Nullable Void> session() {
        if (session == null) {
            throw new IllegalStateException("no session");
        }
        return session;
    }

    MemoryTransport wire() {
        return wires.get(wires.size() - 1);
    }

    /** What the client has sent since the last call. */
    String sent() {
        return HexFormat.of().formatHex(wire().peer().received());
    }

    void assertSent(String hex) {
        assertEquals(hex.replace(" ", ""), sent());
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Bytes from the broker. */
    void broker(String hex) {
        wire().peer().send(bytes(hex));
        loop.settle();
    }

    /** The connection breaks. */
    void cut() {
        wire().peer().reset();
        loop.settle();
    }

    /** The connection breaks, and the next one is made. */
    void reconnect(String connAck) {
        cut();
        loop.advance(RETRY);
        sent();
        broker(connAck);
    }

    void assertEvents(String... lines) {
        assertEquals(List.of(lines), events.lines);
        events.lines.clear();
    }

    /** Writes down what a session is told. */
    static final class Recorder implements MqttProtocol<@Nullable Void> {
        final List<String> lines = new ArrayList<>();
        private final String name;
        Runnable onReceive = () -> {};
        Runnable onAnswer = () -> {};

        Recorder(String name) {
            this.name = name;
        }

        private void add(String line) {
            lines.add(name + line);
        }

        @Override
        public void onEstablished(MqttSession<@Nullable Void> mqtt, ConnAck answer) {
            add("established" + (answer.sessionPresent() ? " again" : ""));
        }

        @Override
        public void onSubscribed(
                MqttSession<@Nullable Void> mqtt,
                List<Subscription> asked,
                List<Integer> reasonCodes,
                MqttProperties answer) {
            add("subscribed " + reasonCodes + said(answer));
            onAnswer.run();
        }

        @Override
        public void onUnsubscribed(
                MqttSession<@Nullable Void> mqtt,
                List<String> filters,
                List<Integer> reasonCodes,
                MqttProperties answer) {
            add("unsubscribed " + filters + said(answer));
        }

        @Override
        public void onReceive(MqttSession<@Nullable Void> mqtt, MqttRx rx) {
            ByteBuffer bytes = rx.bytes();
            add(rx.topic() + "=" + StandardCharsets.UTF_8.decode(bytes) + (rx.isLast() ? "" : "..."));
            onReceive.run();
        }

        @Override
        public void onAck(
                MqttSession<@Nullable Void> mqtt, MqttMessage message, int reasonCode, MqttProperties answer) {
            add("ack " + message.text() + " " + Integer.toHexString(reasonCode) + said(answer));
            onAnswer.run();
        }

        private static String said(MqttProperties answer) {
            String why = answer.text(MqttProperty.REASON_STRING);
            return (why == null ? "" : " because " + why)
                    + answer.userProperties().stream()
                            .map(each -> " " + each.name() + "=" + each.value())
                            .collect(Collectors.joining());
        }

        @Override
        public void onReauthenticated(MqttSession<@Nullable Void> mqtt) {
            add("reauthenticated");
        }

        @Override
        public void onWriteable(MqttSession<@Nullable Void> mqtt) {
            add("writeable");
        }

        @Override
        public void onDisconnected(MqttSession<@Nullable Void> mqtt, CloseInfo info) {
            add("disconnected " + info.initiator() + " " + Integer.toHexString(info.code()));
        }

        @Override
        public void onClosed(MqttSession<@Nullable Void> mqtt, CloseInfo info) {
            add("closed " + info.initiator() + " " + Integer.toHexString(info.code()));
        }
    }
}
