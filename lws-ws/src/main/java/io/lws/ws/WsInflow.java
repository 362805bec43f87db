package io.lws.ws;

import io.lws.CloseInfo;
import java.io.IOException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A session's messages as a {@link Flow.Publisher}: what nobody has asked for is not read, so it waits with the peer. Made
 * in {@code onEstablished}; {@code onMessage} hands over to {@link #next}, {@code onClosed} to {@link #end}. For one
 * subscriber, whose calls may come from any thread and which is called on the session's loop.
 */
public final class WsInflow implements Flow.Publisher<WsMessage> {
    private final WsSession<?> ws;
    private Flow.@Nullable Subscriber<? super WsMessage> subscriber;
    private @Nullable CloseInfo end;
    private long demand;

    /** Pauses {@code ws} until somebody asks for a message. On its loop. */
    public WsInflow(WsSession<?> ws) {
        this.ws = ws;
        ws.pauseRx();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super WsMessage> reader) {
        ws.loop().execute(() -> join(reader));
    }

    private void join(Flow.Subscriber<? super WsMessage> reader) {
        if (subscriber != null) {
            reader.onSubscribe(new Asking());
            reader.onError(new IllegalStateException("a session's messages are for one subscriber"));
            return;
        }
        subscriber = reader;
        reader.onSubscribe(new Asking());
        tellEnd();
    }

    /** Hands on a message that somebody has asked for. On the loop. */
    public void next(WsFragment rx) {
        Flow.Subscriber<? super WsMessage> reader = subscriber;
        if (reader == null) {
            return; // cancelled: what is still on its way is for nobody
        }
        demand--;
        if (demand <= 0) {
            ws.pauseRx();
        }
        reader.onNext(rx.toMessage());
    }

    /** Completes after {@code onClosed}: in error unless one side has closed with {@link WsCloseCode#NORMAL}. On the loop. */
    public void end(CloseInfo info) {
        end = info;
        tellEnd();
    }

    private void tellEnd() {
        Flow.Subscriber<? super WsMessage> reader = subscriber;
        CloseInfo info = end;
        if (reader == null || info == null) {
            return;
        }
        subscriber = null;
        if (info.code() == WsCloseCode.NORMAL) {
            reader.onComplete();
        } else {
            reader.onError(new IOException(info.code() + " " + info.reason()));
        }
    }

    private final class Asking implements Flow.Subscription {
        @Override
        public void request(long messages) {
            ws.execute(() -> ask(messages));
        }

        private void ask(long messages) {
            Flow.Subscriber<? super WsMessage> reader = subscriber;
            if (reader != null && messages <= 0) {
                subscriber = null;
                reader.onError(new IllegalArgumentException("asked for " + messages + " messages"));
            } else if (reader != null) {
                demand = demand + messages < 0 ? Long.MAX_VALUE : demand + messages;
                ws.resumeRx();
            }
        }

        /** The session goes on, and what it receives is dropped. */
        @Override
        public void cancel() {
            ws.execute(() -> {
                subscriber = null;
                ws.resumeRx();
            });
        }
    }
}
