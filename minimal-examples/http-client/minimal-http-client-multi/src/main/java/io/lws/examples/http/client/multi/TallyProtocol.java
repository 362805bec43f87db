package io.lws.examples.http.client.multi;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.http.client.HttpTimings.Source;
import java.nio.ByteBuffer;

/** Adds up what all exchanges have brought; the state of each is the count of its bytes. */
final class TallyProtocol implements HttpClientProtocol<int[]> {
    private final Context context;
    private final int expected;
    private int done;
    private int reused;
    private long bytes;

    TallyProtocol(Context context, int expected) {
        this.context = context;
        this.expected = expected;
    }

    @Override
    public int[] newPss() {
        return new int[1];
    }

    @Override
    public void onResponse(HttpExchange<int[]> http) {
        reused += http.timings().connection() == Source.REUSED ? 1 : 0;
    }

    @Override
    public void onBody(HttpExchange<int[]> http, ByteBuffer rx) {
        http.pss()[0] += rx.remaining();
    }

    @Override
    public void onClosed(HttpExchange<int[]> http, CloseInfo info) {
        bytes += http.pss()[0];
        if (info.cause() != null) {
            System.out.println("failed: " + info.reason());
        }
        if (++done == expected) {
            System.out.println(done + " answers, " + bytes + " bytes, " + reused + " on a connection that was there");
            context.close();
        }
    }
}
