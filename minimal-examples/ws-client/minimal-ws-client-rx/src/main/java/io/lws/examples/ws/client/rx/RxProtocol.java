package io.lws.examples.ws.client.rx;

import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Counts what comes, in whatever pieces it comes, and leaves when it has had enough. */
final class RxProtocol implements WsProtocol<Void> {
    private final int enough;
    private int messages;
    private long bytes;

    RxProtocol(int enough) {
        this.enough = enough;
    }

    @Override
    public void onReceive(WsSession<Void> ws, WsFragment rx) {
        bytes += rx.lengthBytes();
        if (rx.isFinal() && ++messages == enough) {
            System.out.println("received " + messages + " messages, " + bytes + " bytes");
            ws.close();
        }
    }
}
