package io.lws.lwsws;

import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.metrics.OpenMetrics;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What the admin socket answers. Work that takes time is done by a thread of its own, one thing after the other. */
final class AdminProtocol implements HttpProtocol<@Nullable Void> {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final Server server;
    private final SocketGiver giver;
    private final Executor worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lwsws-admin");
        thread.setDaemon(true);
        return thread;
    });

    AdminProtocol(Server server, SocketGiver giver) {
        this.server = server;
        this.giver = giver;
    }

    @Override
    public void onRequest(HttpTransaction<@Nullable Void> http) {
        boolean post = http.request().method() == HttpMethod.POST;
        switch (http.request().path()) {
            case "/reload" -> whenPosted(http, post, () -> reload(http));
            case "/handover" -> whenPosted(http, post, () -> handOver(http));
            case "/status" -> http.respond(200, "application/json", StatusPage.json(server.running()));
            case "/metrics" ->
                http.respond(200, OpenMetrics.CONTENT_TYPE, Metrics.text(server.running(), server.traffic()));
            default -> http.respondError(404, Headers.EMPTY, "POST /reload, POST /handover, GET /status, GET /metrics");
        }
    }

    private void whenPosted(HttpTransaction<@Nullable Void> http, boolean posted, Runnable action) {
        if (posted) {
            worker.execute(action);
        } else {
            http.respondError(405, Headers.of("Allow", "POST"), "");
        }
    }

    private void reload(HttpTransaction<@Nullable Void> http) {
        Reloading.Outcome outcome = Reloading.of(server);
        http.execute(() -> http.respond(outcome.isDone() ? 200 : UNPROCESSABLE, TEXT, outcome.text()));
    }

    private void handOver(HttpTransaction<@Nullable Void> http) {
        try {
            String place = giver.offer() + "\n";
            http.execute(() -> http.respond(200, TEXT, place));
        } catch (IOException | IllegalStateException e) {
            http.execute(() -> http.respond(CONFLICT, TEXT, e.getMessage() + "\n"));
        }
    }
}
