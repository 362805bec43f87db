package io.lws.examples.raw.client;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends its lines and prints the answer; the end of it ends the program. */
final class PrintProtocol implements RawProtocol<Void> {
    private final String request;

    PrintProtocol(String request) {
        this.request = request;
    }

    @Override
    public void onConnected(RawSession<Void> raw) {
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<Void> raw, RawTx tx) {
        tx.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onReceive(RawSession<Void> raw, ByteBuffer rx) {
        System.out.print(StandardCharsets.UTF_8.decode(rx));
    }

    @Override
    public void onClosed(RawSession<Void> raw, CloseInfo info) {
        System.out.println("closed: " + info.reason());
        raw.vhost().context().close();
    }
}
