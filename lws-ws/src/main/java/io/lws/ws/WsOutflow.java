package io.lws.ws;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends through a session what a {@link Flow.Publisher} has, no faster than the peer takes it: {@code
 * publisher.subscribe(WsOutflow.to(ws))}. At most {@value #WINDOW} messages are asked for and not yet sent. The end of the
 * publisher closes the session, with {@link WsCloseCode#NORMAL} or, for an error, {@link WsCloseCode#INTERNAL_ERROR}; the
 * end of the session cancels the subscription. The publisher may be on any thread; one subscriber is for one publisher,
 * and a session has one at a time.
 */
public final class WsOutflow implements Flow.Subscriber<WsMessage> {
    private static final int WINDOW = 32;

    private final WsConnection<?> ws;
    /** Set once, by the publisher's thread, before anything that reads it is given to the loop. */
    private volatile Flow.@Nullable Subscription subscription;
    /** Taken from the publisher and perhaps not sent yet. The loop's. */
    private int taken;

    private WsOutflow(WsConnection<?> ws) {
        this.ws = ws;
    }

    /** On the session's loop. */
    public static WsOutflow to(WsSession<?> session) {
        session.loop().assertInLoop();
        if (!(session instanceof WsConnection<?> ws)) {
            throw new IllegalArgumentException("no session of this library: " + session);
        }
        WsOutflow outflow = new WsOutflow(ws);
        ws.outflow(outflow);
        return outflow;
    }

    // ---- from the publisher

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(WINDOW);
    }

    @Override
    public void onNext(WsMessage message) {
        ws.execute(() -> {
            taken++;
            ws.offer(message, Integer.MAX_VALUE);
        });
        if (!ws.isOpen()) {
            ended();
        }
    }

    @Override
    public void onError(Throwable error) {
        ws.execute(() -> ws.close(WsCloseCode.INTERNAL_ERROR, ""));
    }

    @Override
    public void onComplete() {
        ws.execute(ws::close);
    }

    // ---- from the session

    /** All that was taken is on its way. */
    void sent() {
        Flow.Subscription asked = subscription;
        if (taken > 0 && asked != null) {
            int more = taken;
            taken = 0;
            asked.request(more);
        }
    }

    void ended() {
        Flow.Subscription asked = subscription;
        if (asked != null) {
            asked.cancel();
        }
    }
}
