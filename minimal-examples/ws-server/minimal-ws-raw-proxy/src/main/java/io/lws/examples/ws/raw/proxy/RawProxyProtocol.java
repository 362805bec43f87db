package io.lws.examples.ws.raw.proxy;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.raw.RawClient;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;

/** The ws side: what a client sends goes to the TCP side, and nothing more is read from it until that is written. */
final class RawProxyProtocol implements WsProtocol<RawSide> {
    private static final int UNREACHABLE = 1014; // close code: bad gateway

    private final Vhost vhost;
    private final String host;
    private final int port;

    /** Options {@code onward-host}: localhost; {@code onward-port}: 1234. */
    RawProxyProtocol(Vhost vhost, ProtocolOptions options) {
        this(vhost, options.string("onward-host", "localhost"), options.integer("onward-port", 1234));
    }

    RawProxyProtocol(Vhost vhost, String host, int port) {
        this.vhost = vhost;
        this.host = host;
        this.port = port;
    }

    @Override
    public RawSide newPss() {
        return new RawSide();
    }

    @Override
    public void onEstablished(WsSession<RawSide> ws) {
        ws.pauseRx();
        ws.pss().serve(ws);
        RawClient.connect(vhost, ws.loop(), host, port, ws.pss(), why -> ws.close(UNREACHABLE, "nobody there"));
    }

    @Override
    public void onReceive(WsSession<RawSide> ws, WsFragment rx) {
        ws.pss().send(rx);
    }

    @Override
    public void onWriteable(WsSession<RawSide> ws, WsTx tx) {
        ws.pss().resume(); // what came from there is written here
    }

    @Override
    public void onClosed(WsSession<RawSide> ws, CloseInfo info) {
        ws.pss().end();
    }
}
