package io.lws.examples.http.client.post;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Prints the answer. */
final class AnswerProtocol implements HttpClientProtocol<Void> {
    private final Context context;

    AnswerProtocol(Context context) {
        this.context = context;
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        System.out.println(http.response().status());
    }

    @Override
    public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
        System.out.print(StandardCharsets.UTF_8.decode(rx));
    }

    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        if (info.cause() != null) {
            System.out.println("failed: " + info.reason());
        }
        context.close();
    }
}
