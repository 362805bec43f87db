package io.lws.lwsws;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's. */
final class WebSocketCaller implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(4);
    private final WebSocket ws;
    private volatile @Nullable String end;

    WebSocketCaller(HttpClient client, int port) {
        ws = client.newWebSocketBuilder()
                .subprotocols("echo")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), this)
                .join();
    }

    void send(String text) {
        ws.sendText(text, true).join();
    }

    String received() throws InterruptedException {
        String message = messages.poll(30, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came back; end: " + end);
        }
        return message;
    }

    String echo(String text) throws InterruptedException {
        send(text);
        return received();
    }

    /** Why it ended, or {@code null} while it is open. */
    @Nullable
    String end() {
        return end;
    }

    void close() {
        ws.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        messages.add(data.toString());
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end = "closed " + code;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end = String.valueOf(error);
    }
}
