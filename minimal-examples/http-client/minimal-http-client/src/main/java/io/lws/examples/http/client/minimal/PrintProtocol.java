package io.lws.examples.http.client.minimal;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Prints a response as it comes, and closes the context behind it. */
final class PrintProtocol implements HttpClientProtocol<Void> {
    private final Context context;

    PrintProtocol(Context context) {
        this.context = context;
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        var head = http.response();
        System.out.println(head.version() + " " + head.status());
        for (int i = 0; i < head.headerCount(); i++) {
            System.out.println(head.headerName(i) + ": " + head.headerValue(i));
        }
        System.out.println();
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
        var took = http.timings();
        System.out.println("dns " + millis(took.dnsNs()) + ", connect " + millis(took.connectNs()) + ", tls "
                + millis(took.tlsNs()) + ", first byte " + millis(took.firstByteNs()) + ", total "
                + millis(took.totalNs()));
        context.close();
    }

    private static String millis(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns) + " ms";
    }
}
