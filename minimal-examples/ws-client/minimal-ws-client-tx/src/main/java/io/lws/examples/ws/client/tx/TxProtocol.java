package io.lws.examples.ws.client.tx;

import io.lws.CloseInfo;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends what two threads put into a ring; what they make while there is no connection waits there. */
final class TxProtocol implements WsProtocol<Void> {
    private static final int PRODUCERS = 2;
    private static final int INTERVAL_MS = 100;

    private final Ring ring = new Ring(64, PRODUCERS);
    private final int each;
    private volatile @Nullable WsSession<Void> session;

    /** {@code each}: how many messages a thread makes. */
    TxProtocol(int each) {
        this.each = each;
    }

    void start() {
        for (int i = 1; i <= PRODUCERS; i++) {
            String name = "thread " + i;
            Thread producer = new Thread(() -> produce(name), name);
            producer.setDaemon(true);
            producer.start();
        }
    }

    private void produce(String name) {
        try {
            for (int number = 1; number <= each; number++) {
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
                ring.add(name + ", message " + number);
                wake();
            }
            ring.end();
            wake();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        WsSession<Void> open = session;
        if (open != null) {
            open.execute(open::requestWriteable);
        }
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        System.out.println("connected");
        session = ws;
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Void> ws, WsTx tx) {
        String next = ring.poll();
        if (next != null) {
            tx.text(next);
            ws.requestWriteable();
        } else if (ring.isAtEnd() && ws.isOpen()) {
            System.out.println("sent " + ring.taken() + ", lost " + ring.lost());
            ws.close();
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        session = null;
    }
}
