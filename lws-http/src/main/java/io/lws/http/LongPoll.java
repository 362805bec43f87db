package io.lws.http;

import io.lws.loop.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for something to happen. {@link #hold} one in {@code onRequest}, {@link #answerAll} when there is news,
 * {@link #forget} it in {@code onClosed}. Any thread may answer; each request is answered on its own loop.
 */
public final class LongPoll<S extends @Nullable Object> {
    private final int maxHeld;
    private final Map<HttpTransaction<S>, Timer> held = new ConcurrentHashMap<>();

    /** Of more than {@code maxHeld} requests at a time, the rest is not held. */
    public LongPoll(int maxHeld) {
        if (maxHeld < 1) {
            throw new IllegalArgumentException("maxHeld must be positive, is " + maxHeld);
        }
        this.maxHeld = maxHeld;
    }

    /** Lets a request wait; {@code atTimeout} answers when nothing has happened for so long. False when there are too many. */
    public boolean hold(HttpTransaction<S> http, Duration timeout, Consumer<HttpTransaction<S>> atTimeout) {
        if (held.size() >= maxHeld) {
            return false;
        }
        Timer timer = new Timer(nowNs -> take(http, atTimeout));
        held.put(http, timer);
        http.loop().schedule(timer, timeout.toNanos());
        return true;
    }

    /** Answers each that waits now. Any thread. */
    public void answerAll(Consumer<HttpTransaction<S>> answer) {
        held.keySet().forEach(http -> http.execute(() -> take(http, answer)));
    }

    /** It waits no more; to be called when it has ended. */
    public void forget(HttpTransaction<S> http) {
        Timer timer = held.remove(http);
        if (timer != null) {
            http.loop().cancel(timer);
        }
    }

    public int size() {
        return held.size();
    }

    private void take(HttpTransaction<S> http, Consumer<HttpTransaction<S>> answer) {
        if (held.containsKey(http)) {
            forget(http);
            answer.accept(http);
        }
    }
}
