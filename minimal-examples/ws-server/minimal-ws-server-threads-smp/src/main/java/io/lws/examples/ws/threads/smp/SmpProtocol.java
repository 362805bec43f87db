package io.lws.examples.ws.threads.smp;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two threads make numbered messages, and sessions on every loop get them all in one and the same order. What is shared
 * between the loops is the broadcast and nothing else.
 */
final class SmpProtocol implements WsProtocol<Void> {
    private static final int PRODUCERS = 2;

    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.DROP).build();
    private final AtomicLong made = new AtomicLong();
    private final ScheduledExecutorService producers = Executors.newScheduledThreadPool(PRODUCERS);

    /** Option {@code interval-ms}: pause between two messages of a thread, default 250. */
    SmpProtocol(Vhost vhost, ProtocolOptions options) {
        int intervalMs = options.integer("interval-ms", 250);
        for (int i = 1; i <= PRODUCERS; i++) {
            String name = "thread " + i;
            var unused = producers.scheduleAtFixedRate(() -> make(name), intervalMs, intervalMs, TimeUnit.MILLISECONDS);
        }
    }

    /** On a producer's thread. Numbering and sending are one step, so that nobody gets 2 before 1. */
    private synchronized void make(String name) {
        everybody.send(WsMessage.text(made.incrementAndGet() + " from " + name));
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        ws.post(WsMessage.text("this is loop " + ws.loop().index()));
        everybody.add(ws);
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        everybody.remove(ws);
    }

    @Override
    public void close() {
        producers.shutdownNow();
    }
}
