package io.lws.mqtt;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session for those who want futures and handlers instead of callbacks. Any thread. Futures complete and handlers run
 * on the session's loop, where they must not block.
 */
public final class MqttClient implements AutoCloseable {
    private final ClientProtocol protocol = new ClientProtocol();
    private final ClientSession<@Nullable Void> session;
    private final @Nullable Context ownContext;

    private MqttClient(Vhost vhost, MqttOptions options, @Nullable Context ownContext) {
        this.ownContext = ownContext;
        session = ClientSession.open(vhost, options, protocol);
    }

    /** With a loop and a thread of its own, which end with {@link #close}. */
    public static MqttClient open(MqttOptions options) {
        Vhost vhost = Vhost.builder("mqtt-client").build();
        Context context = Context.builder().vhost(vhost).build().start();
        return new MqttClient(vhost, options, context);
    }

    /** On the least loaded loop of {@code vhost}'s context. */
    public static MqttClient open(Vhost vhost, MqttOptions options) {
        return new MqttClient(vhost, options, null);
    }

    /** The session behind it, on whose loop everything happens. */
    public MqttSession<@Nullable Void> session() {
        return session;
    }

    /** Completes when the broker has first taken the connection; fails when the session ends before. */
    public CompletableFuture<Void> connected() {
        return protocol.connected();
    }

    /**
     * Completes when the broker has the message, at QoS 0 when it was sent. Fails with an {@link MqttException}: refused
     * by the broker, 0x97 when too much is waiting, 0x92 when the broker has forgotten a QoS 2 message under way.
     */
    public CompletableFuture<Void> publish(MqttMessage message) {
        CompletableFuture<Void> done = protocol.pending();
        session.loop().execute(() -> offer(message, null, done));
        return done;
    }

    /**
     * As {@link #publish(MqttMessage)}, with a payload that is read in pieces on the session's loop; see {@link
     * MqttSession#publish(MqttMessage, PayloadSource)}.
     */
    public CompletableFuture<Void> publish(MqttMessage message, PayloadSource payload) {
        CompletableFuture<Void> done = protocol.pending();
        session.loop().execute(() -> offer(message, payload, done));
        return done;
    }

    /** As {@link #publish(MqttMessage)}; {@code payload} is UTF-8 on the wire. */
    public CompletableFuture<Void> publish(String topic, String payload, Qos qos) {
        return publish(MqttMessage.of(topic, payload, qos));
    }

    private void offer(MqttMessage message, @Nullable PayloadSource payload, CompletableFuture<Void> done) {
        try {
            Publishing taken =
                    session.publish(message, payload, (code, answer) -> settle(done, code, "publishing", answer));
            if (taken == Publishing.FULL) {
                settle(done, ReasonCode.QUOTA_EXCEEDED, "too much is waiting", MqttProperties.NONE);
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private static void settle(CompletableFuture<Void> done, int reasonCode, String what, MqttProperties answer) {
        if (ReasonCode.isError(reasonCode)) {
            done.completeExceptionally(new MqttException(reasonCode, what, answer));
        } else {
            done.complete(null);
        }
    }

    /**
     * Gives {@code handler} every message that answers {@code filter}; completes with the QoS granted, or fails with the
     * broker's reason. Filters are told apart here, so a message that answers several of them goes to each one's handler
     * as often as the broker sends it.
     */
    public CompletableFuture<Qos> subscribe(String filter, Qos qos, Consumer<MqttMessage> handler) {
        return subscribe(Subscription.of(filter, qos), handler);
    }

    /** As {@link #subscribe(String, Qos, Consumer)}, with all options. */
    public CompletableFuture<Qos> subscribe(Subscription subscription, Consumer<MqttMessage> handler) {
        CompletableFuture<Qos> granted = protocol.pending();
        session.loop().execute(() -> {
            protocol.handle(subscription.filter(), handler);
            session.subscribe(
                    List.of(subscription),
                    (codes, answer) -> grant(granted, codes.get(0), subscription.filter(), answer));
        });
        return granted;
    }

    private void grant(CompletableFuture<Qos> granted, int reasonCode, String filter, MqttProperties answer) {
        if (ReasonCode.isError(reasonCode)) {
            protocol.unhandle(filter);
            granted.completeExceptionally(new MqttException(reasonCode, filter, answer));
        } else {
            granted.complete(Qos.of(reasonCode));
        }
    }

    /** Completes when the broker has taken the subscription back; its handler hears nothing any more at once. */
    public CompletableFuture<Void> unsubscribe(String filter) {
        CompletableFuture<Void> done = protocol.pending();
        session.loop().execute(() -> {
            protocol.unhandle(filter);
            session.unsubscribe(
                    List.of(filter),
                    (codes, answer) -> settle(done, codes.isEmpty() ? 0 : codes.get(0), "unsubscribing", answer));
        });
        return done;
    }

    /** Says good-bye and ends the session; futures without an answer fail. Waits only for a context of its own. */
    @Override
    public void close() {
        CompletableFuture<Void> out = new CompletableFuture<>();
        session.loop().execute(new Farewell(session, out));
        if (ownContext == null) {
            return;
        }
        if (session.loop().inLoop()) {
            var unused = out.thenRun(ownContext::close);
        } else {
            out.join();
            ownContext.close();
        }
    }

    /** A context that closed in the same turn would cut what DISCONNECT is carried by, a WebSocket for one. */
    private record Farewell(ClientSession<?> session, CompletableFuture<Void> out) implements EventLoop.Task {
        @Override
        public void run() {
            if (session.isOpen()) {
                session.close();
            }
            session.loop().serveNextTurn(() -> out.complete(null));
        }

        @Override
        public void dropped() {
            out.complete(null);
        }
    }
}
