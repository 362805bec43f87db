package io.lws.examples.http.customheaders;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Says what the field {@code X-Greeting} was, and how long that was behind it. */
final class CustomHeadersProtocol implements HttpProtocol<Void> {
    CustomHeadersProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        http.start(200, Headers.of("Content-Type", "text/plain", "X-Answer", "42", "Trailer", "X-Octets"), -1);
        http.requestWriteable();
    }

    @Override
    public void onWriteable(HttpTransaction<Void> http, HttpTx tx) {
        String greeting = http.request().header("X-Greeting");
        byte[] text = ("greeting: " + (greeting == null ? "none" : greeting) + "\n").getBytes(StandardCharsets.UTF_8);
        tx.write(ByteBuffer.wrap(text));
        tx.finish(Headers.of("X-Octets", Integer.toString(text.length)));
    }
}
