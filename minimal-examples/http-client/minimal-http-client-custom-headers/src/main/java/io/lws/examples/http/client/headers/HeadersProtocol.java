package io.lws.examples.http.client.headers;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;

/** Prints what was asked with, and what type came back. */
final class HeadersProtocol implements HttpClientProtocol<Void> {
    private final Context context;

    HeadersProtocol(Context context) {
        this.context = context;
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        var sent = http.request().headers();
        for (int i = 0; i < sent.size(); i++) {
            System.out.println("> " + sent.name(i) + ": " + sent.value(i));
        }
        System.out.println("< " + http.response().status());
        System.out.println("< content-type: " + http.response().header("content-type"));
    }

    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        if (info.cause() != null) {
            System.out.println("failed: " + info.reason());
        }
        context.close();
    }
}
