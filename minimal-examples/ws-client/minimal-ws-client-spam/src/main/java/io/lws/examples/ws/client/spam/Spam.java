package io.lws.examples.ws.client.spam;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.ws.WsClient;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.concurrent.atomic.AtomicInteger;

/** The campaign, and what is said on each of its connections. These may be on several loops. */
final class Spam implements WsProtocol<Void> {
    private final Vhost vhost;
    private final String uri;
    private final int count;
    private final Runnable atEnd;
    private final long beganNs = System.nanoTime();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    Spam(Vhost vhost, String uri, int count, Runnable atEnd) {
        this.vhost = vhost;
        this.uri = uri;
        this.count = count;
        this.atEnd = atEnd;
    }

    void begin(int atOnce) {
        for (int i = 0; i < atOnce; i++) {
            connect();
        }
    }

    private void connect() {
        if (begun.incrementAndGet() <= count) {
            WsClient.builder(vhost)
                    .uri(uri)
                    .protocol(this)
                    .retry(RetryPolicy.NEVER)
                    .onStale(this::failed)
                    .connect();
        }
    }

    /** No connection came about: ours to close are no failure. */
    private void failed(CloseInfo why) {
        System.out.println("failed: " + why.reason());
        failed.incrementAndGet();
        next();
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        ws.post(WsMessage.text("hello"));
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        ws.close();
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        if (info.initiator() == CloseInfo.Initiator.LOCAL) {
            next();
        }
    }

    private void next() {
        if (ended.incrementAndGet() == count) {
            long ms = (System.nanoTime() - beganNs) / 1_000_000;
            System.out.println(count + " connections in " + ms + " ms, " + failed.get() + " failed");
            atEnd.run();
        } else {
            connect();
        }
    }
}
