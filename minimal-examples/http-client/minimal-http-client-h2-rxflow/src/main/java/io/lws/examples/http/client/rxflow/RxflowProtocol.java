package io.lws.examples.http.client.rxflow;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.loop.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Takes a step of the content, rests, and only then lets the server send the next one. */
final class RxflowProtocol implements HttpClientProtocol<RxflowProtocol.Pss> {
    private static final long REST_NS = Duration.ofMillis(100).toNanos();

    static final class Pss {
        int stepBytes;
        int steps;
        long bytes;
    }

    private final Context context;
    private final int stepBytes;

    RxflowProtocol(Context context, int stepBytes) {
        this.context = context;
        this.stepBytes = stepBytes;
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onResponse(HttpExchange<Pss> http) {
        System.out.println(http.response().version() + " " + http.response().status());
    }

    @Override
    public void onBody(HttpExchange<Pss> http, ByteBuffer rx) {
        Pss pss = http.pss();
        pss.stepBytes += rx.remaining();
        if (pss.stepBytes == stepBytes) {
            endStep(pss);
            var rest = new Timer(nowNs -> {
                if (http.isOpen()) {
                    http.giveCredit(stepBytes);
                }
            });
            http.loop().schedule(rest, REST_NS);
        }
    }

    private static void endStep(Pss pss) {
        pss.bytes += pss.stepBytes;
        System.out.println("step " + ++pss.steps + ": " + pss.stepBytes + " bytes, " + pss.bytes + " in all");
        pss.stepBytes = 0;
    }

    @Override
    public void onClosed(HttpExchange<Pss> http, CloseInfo info) {
        if (http.pss().stepBytes > 0) {
            endStep(http.pss());
        }
        System.out.println(info.cause() == null ? "done" : "failed: " + info.reason());
        context.close();
    }
}
