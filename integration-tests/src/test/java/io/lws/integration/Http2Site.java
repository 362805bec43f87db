package io.lws.integration;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.tls.TlsConfig;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server in the test's own process: files, what was sent sent back, and a note of the versions it was asked by. */
final class Http2Site implements AutoCloseable {
    /** What the connection is. */
    enum Wire {
        PLAIN,
        TLS
    }

    private final Set<String> versions = ConcurrentHashMap.newKeySet();
    private final Wire wire;
    private final Context context;
    private final Vhost vhost;

    Http2Site(Wire wire, Path files) {
        this.wire = wire;
        Vhost.Builder builder = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> new Echo())
                .mount(Mount.callback("/echo", "echo"))
                .mount(Mount.files("/", files).index("index.html"));
        if (wire == Wire.TLS) {
            builder.tls(TlsConfig.builder().key(SecureServer.EC).build());
        }
        vhost = builder.build();
        context = Context.builder().vhost(vhost).build().start();
    }

    /** Sends the content back, and its length behind it. */
    private final class Echo implements HttpProtocol<Echo.Pss> {
        static final class Pss {
            final ByteArrayOutputStream content = new ByteArrayOutputStream();
            ByteBuffer rest = ByteBuffer.allocate(0);
        }

        @Override
        public Pss newPss() {
            return new Pss();
        }

        @Override
        public void onRequest(HttpTransaction<Pss> http) {
            versions.add(http.request().version().toString());
        }

        @Override
        public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
            byte[] bytes = new byte[rx.remaining()];
            rx.get(bytes);
            http.pss().content.writeBytes(bytes);
        }

        @Override
        public void onBodyComplete(HttpTransaction<Pss> http) {
            http.pss().rest = ByteBuffer.wrap(http.pss().content.toByteArray());
            http.start(200, Headers.of("Content-Type", "application/octet-stream"), -1);
            http.requestWriteable();
        }

        @Override
        public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
            ByteBuffer rest = http.pss().rest;
            while (rest.hasRemaining() && tx.isReady()) {
                ByteBuffer piece = rest.slice(rest.position(), Math.min(rest.remaining(), 8 << 10));
                rest.position(rest.position() + piece.remaining());
                tx.write(piece);
            }
            if (rest.hasRemaining()) {
                http.requestWriteable();
            } else {
                tx.finish(Headers.of("x-length", Integer.toString(rest.limit())));
            }
        }
    }

    int port() {
        return vhost.port();
    }

    /** Without a slash at the end. */
    String origin() {
        return (wire == Wire.TLS ? "https" : "http") + "://localhost:" + port();
    }

    /** By which versions {@code /echo} was asked. */
    Set<String> versions() {
        return versions;
    }

    @Override
    public void close() {
        context.close();
    }
}
