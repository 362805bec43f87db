package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The protocol behind {@link MqttClient}: whole messages to the handlers of their filters, and ends for all futures. */
final class ClientProtocol implements MqttProtocol<@Nullable Void> {
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<?>> pending = new ConcurrentHashMap<>();
    private final AtomicLong futures = new AtomicLong();
    private final Map<String, Consumer<MqttMessage>> handlers = new LinkedHashMap<>();
    private final MessageAssembly assembly = new MessageAssembly();
    private volatile @Nullable CloseInfo closed;

    CompletableFuture<Void> connected() {
        return connected.copy();
    }

    /** A future that fails at the latest when the session ends. Any thread. */
    <T> CompletableFuture<T> pending() {
        CompletableFuture<T> future = new CompletableFuture<>();
        long number = futures.incrementAndGet();
        pending.put(number, future);
        var unused = future.whenComplete((value, failure) -> pending.remove(number));
        CloseInfo info = closed;
        if (info != null) {
            future.completeExceptionally(ended(info));
        }
        return future;
    }

    void handle(String filter, Consumer<MqttMessage> handler) {
        handlers.put(filter, handler);
    }

    void unhandle(String filter) {
        handlers.remove(filter);
    }

    @Override
    public void onEstablished(MqttSession<@Nullable Void> mqtt, ConnAck answer) {
        connected.complete(null);
    }

    @Override
    public void onReceive(MqttSession<@Nullable Void> mqtt, MqttRx rx) {
        MqttMessage message = assembly.add(rx);
        if (message != null) {
            deliver(message);
        }
    }

    private void deliver(MqttMessage message) {
        for (Map.Entry<String, Consumer<MqttMessage>> each : List.copyOf(handlers.entrySet())) {
            if (Topics.matches(each.getKey(), message.topic())) {
                each.getValue().accept(message);
            }
        }
    }

    @Override
    public void onClosed(MqttSession<@Nullable Void> mqtt, CloseInfo info) {
        closed = info;
        connected.completeExceptionally(ended(info));
        pending.values().forEach(each -> each.completeExceptionally(ended(info)));
    }

    private static CancellationException ended(CloseInfo info) {
        CancellationException ended = new CancellationException("the session has ended: " + info.reason());
        if (info.cause() != null) {
            ended.initCause(info.cause());
        }
        return ended;
    }
}
