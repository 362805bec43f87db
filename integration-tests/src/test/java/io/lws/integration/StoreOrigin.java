package io.lws.integration;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Our own server as an origin: says the sha256 of what it was sent and answers with the octets the request asks for, by
 * X-Offset and the length of its content. {@code /endless} answers for ever, {@code /hold} reads nothing.
 */
final class StoreOrigin implements AutoCloseable {
    private static final int STEP_BYTES = 64 << 10;

    private final AtomicLong endlessBytes = new AtomicLong();
    private final byte[] bytes;
    private final Vhost vhost;
    private final Context context;

    StoreOrigin(byte[] bytes) {
        this.bytes = bytes;
        vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .option(HttpLimits.builder().bodyBytes(HttpLimits.UNLIMITED).build())
                .protocol("store", (owner, options) -> new Store())
                .build();
        context = Context.builder().vhost(vhost).build().start();
    }

    String url() {
        return "http://127.0.0.1:" + vhost.port();
    }

    /** What {@code /endless} has been able to send. */
    long endlessBytes() {
        return endlessBytes.get();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class Pss {
        private final MessageDigest digest = sha256();
        private long receivedBytes;
        private ByteBuffer answer = ByteBuffer.allocate(0);
    }

    private final class Store implements HttpProtocol<Pss> {
        @Override
        public Pss newPss() {
            return new Pss();
        }

        @Override
        public void onRequest(HttpTransaction<Pss> http) {
            if (http.request().path().equals("/hold")) {
                http.pauseRx();
            } else if (http.request().path().equals("/endless")) {
                http.start(200, Headers.EMPTY, -1);
                http.requestWriteable();
            }
        }

        @Override
        public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
            http.pss().receivedBytes += rx.remaining();
            http.pss().digest.update(rx);
        }

        @Override
        public void onBodyComplete(HttpTransaction<Pss> http) {
            if (http.request().path().equals("/endless")) {
                return;
            }
            Pss pss = http.pss();
            int offset = Integer.parseInt(String.valueOf(http.request().header("x-offset")));
            pss.answer = ByteBuffer.wrap(bytes, offset, (int) pss.receivedBytes);
            String sum = HexFormat.of().formatHex(pss.digest.digest());
            http.start(200, Headers.of("X-Sum", sum), pss.receivedBytes);
            http.requestWriteable();
        }

        @Override
        public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
            if (http.request().path().equals("/endless")) {
                while (tx.isReady()) {
                    tx.write(ByteBuffer.allocate(STEP_BYTES));
                    endlessBytes.addAndGet(STEP_BYTES);
                }
                http.requestWriteable();
                return;
            }
            ByteBuffer answer = http.pss().answer;
            while (answer.hasRemaining() && tx.isReady()) {
                int n = Math.min(answer.remaining(), STEP_BYTES);
                tx.write(answer.slice(answer.position(), n));
                answer.position(answer.position() + n);
            }
            if (answer.hasRemaining()) {
                http.requestWriteable();
            } else {
                tx.finish();
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
