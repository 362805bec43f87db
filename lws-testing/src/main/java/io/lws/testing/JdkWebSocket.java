package io.lws.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stranger's WebSocket to a server on this host, that of the JDK: texts only, and what it hears in a queue. Its end
 * stands there as {@code closed CODE} or {@code failed WHY}. For the test's thread, which it keeps waiting.
 */
public final class JdkWebSocket implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int HEARD_WITHIN_SECONDS = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    /** Opens one at {@code /} and {@code query}, which is empty or begins with a question mark. */
    public JdkWebSocket(int port, String query, String subprotocol) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols(subprotocol)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/" + query), new Ear())
                .join();
    }

    /** Sends a text, and returns when it is on its way. */
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The next text, or the end; fails the test when there is none for 20 seconds. */
    public String hear() throws InterruptedException {
        String next = heard.poll(HEARD_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing heard");
        }
        return next;
    }

    /** Says good-bye with 1000, so that the server knows. */
    public void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Goes without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("failed " + error);
        }
    }
}
