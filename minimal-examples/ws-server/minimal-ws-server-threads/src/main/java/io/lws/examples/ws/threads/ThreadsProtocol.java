package io.lws.examples.ws.threads;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Two threads of its own make messages; every session gets them all. */
final class ThreadsProtocol implements WsProtocol<Void> {
    private final Set<WsSession<Void>> sessions = ConcurrentHashMap.newKeySet();
    private final List<Producer> producers;

    /** Option {@code interval-ms}: pause between two messages of a thread, default 250. */
    ThreadsProtocol(Vhost vhost, ProtocolOptions options) {
        int intervalMs = options.integer("interval-ms", 250);
        producers = List.of(
                new Producer("thread 1", intervalMs, this::toAll), new Producer("thread 2", intervalMs, this::toAll));
    }

    /** On a producer's thread: {@code post} may be called from any. A session that takes no more misses this one. */
    private void toAll(String text) {
        WsMessage message = WsMessage.text(text);
        for (WsSession<Void> each : sessions) {
            each.post(message);
        }
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        sessions.add(ws);
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        sessions.remove(ws);
    }

    @Override
    public void close() {
        producers.forEach(Producer::close);
    }
}
