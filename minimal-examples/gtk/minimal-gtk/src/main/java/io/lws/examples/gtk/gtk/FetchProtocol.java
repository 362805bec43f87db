package io.lws.examples.gtk.gtk;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Asks for a page and shows how much of it has come. */
final class FetchProtocol implements RawProtocol<long[]> {
    private final String host;
    private final Consumer<String> show;

    FetchProtocol(String host, Consumer<String> show) {
        this.host = host;
        this.show = show;
    }

    @Override
    public long[] newPss() {
        return new long[1];
    }

    @Override
    public void onConnected(RawSession<long[]> raw) {
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<long[]> raw, RawTx tx) {
        String request = "GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
        tx.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void onReceive(RawSession<long[]> raw, ByteBuffer rx) {
        raw.pss()[0] += rx.remaining();
        rx.position(rx.limit());
        show.accept(raw.pss()[0] + " bytes");
    }

    @Override
    public void onClosed(RawSession<long[]> raw, CloseInfo info) {
        show.accept("done: " + raw.pss()[0] + " bytes");
    }
}
