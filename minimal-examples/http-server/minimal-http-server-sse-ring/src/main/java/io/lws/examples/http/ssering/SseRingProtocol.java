package io.lws.examples.http.ssering;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.sse.SseEvent;
import io.lws.http.sse.SseStream;
import io.lws.http.sse.SseTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gives all who listen what anybody says. */
final class SseRingProtocol implements HttpProtocol<SseRingProtocol.Pss> {
    private static final int MAX_SAID_BYTES = 1000;

    static final class Pss {
        @Nullable
        SseStream stream;

        final ByteBuffer said = ByteBuffer.allocate(MAX_SAID_BYTES);
    }

    private final SseTopic topic = new SseTopic(100);

    SseRingProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (http.request().method() == HttpMethod.GET) {
            SseStream stream = SseStream.open(http);
            http.pss().stream = stream;
            topic.join(stream);
        }
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        if (rx.remaining() > http.pss().said.remaining()) {
            http.respondError(413, Headers.EMPTY, "");
        } else {
            http.pss().said.put(rx);
        }
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        if (http.pss().stream == null) {
            topic.publish(SseEvent.of(
                    StandardCharsets.UTF_8.decode(http.pss().said.flip()).toString()));
            http.respond(200, "text/plain", "said to " + topic.size() + "\n");
        }
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        if (http.pss().stream != null) {
            http.pss().stream.onWriteable(tx);
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().stream != null) {
            topic.leave(http.pss().stream);
            http.pss().stream.onClosed();
        }
    }
}
