package io.lws.http.sse;

import io.lws.http.Headers;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.loop.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request for events. Open it in {@code onRequest}, keep it in the pss, pass on {@code onWriteable} and
 * {@code onClosed}. Events wait while the client does not read, up to a number; one that lags behind further is cut off
 * and may come back with the id of the last it saw. On its request's loop, but for {@link #post}.
 */
public final class SseStream {
    /** Events that may wait for a client. */
    public static final int MAX_WAITING = 256;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Headers HEADERS =
            Headers.of("Content-Type", "text/event-stream", "Cache-Control", "no-store", "X-Accel-Buffering", "no");

    private enum State {
        OPEN,
        /** Nothing more is taken, what waits is still written. */
        ENDING,
        OVER
    }

    private final HttpTransaction<?> http;
    private final ArrayDeque<SseEvent> waiting = new ArrayDeque<>();
    private final Timer heartbeat = new Timer(nowNs -> beat());
    private State state = State.OPEN;

    private SseStream(HttpTransaction<?> http) {
        this.http = http;
    }

    /** Begins the answer. */
    public static SseStream open(HttpTransaction<?> http) {
        http.start(200, HEADERS, -1);
        SseStream stream = new SseStream(http);
        http.loop().schedule(stream.heartbeat, HEARTBEAT.toNanos());
        http.requestWriteable();
        return stream;
    }

    /** The id of the last event the client saw before it came back, or null. */
    public @Nullable String lastEventId() {
        return http.request().header("last-event-id");
    }

    /** Sends an event; false when the stream is over, or now ends because its client lags too far behind. */
    public boolean send(SseEvent event) {
        if (state != State.OPEN) {
            return false;
        }
        if (waiting.size() == MAX_WAITING) {
            state = State.OVER;
            http.abort();
            return false;
        }
        waiting.add(event);
        http.requestWriteable();
        return true;
    }

    /** As {@link #send}, from any thread. */
    public void post(SseEvent event) {
        http.execute(() -> send(event));
    }

    /** Ends the answer once all that waits is written; the client will come back unless it is told not to. */
    public void end() {
        if (state == State.OPEN) {
            state = State.ENDING;
            http.requestWriteable();
        }
    }

    public int waiting() {
        return waiting.size();
    }

    /** To be called by the protocol's {@code onWriteable}. */
    public void onWriteable(HttpTx tx) {
        while (tx.isReady() && !waiting.isEmpty()) {
            tx.write(waiting.remove().bytes());
        }
        if (!waiting.isEmpty()) {
            http.requestWriteable();
        } else if (state == State.ENDING) {
            state = State.OVER;
            tx.finish();
        }
    }

    /** To be called by the protocol's {@code onClosed}. */
    public void onClosed() {
        state = State.OVER;
        waiting.clear();
        http.loop().cancel(heartbeat);
    }

    private void beat() {
        if (state == State.OPEN) {
            if (waiting.isEmpty()) {
                send(SseEvent.heartbeat());
            }
            http.loop().schedule(heartbeat, HEARTBEAT.toNanos());
        }
    }
}
