package io.lws.plugins.loopback;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.UUID;

/**
 * For each visitor the server makes a connection to itself, as a client, and passes messages through it:
 *
 * <pre>
 *  visitor ⇄ {@link Loop} (its server's end) ⇄ {@link Inner} (client) ⇄ another session here, which echoes
 * </pre>
 */
final class LoopbackProtocol implements WsProtocol<Loop> {
    static final String MARK = "X-Lws-Loopback";

    private final Vhost vhost;
    /** What only this object's own clients know: nobody else gets the echo, and no loop makes a loop. */
    private final String secret = UUID.randomUUID().toString();

    LoopbackProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
    }

    @Override
    public Loop newPss() {
        return new Loop(vhost, secret);
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Loop loop) {
        if (request.headers(MARK).contains(secret)) {
            loop.beEcho();
        }
        return Verdict.ACCEPT;
    }

    @Override
    public void onEstablished(WsSession<Loop> ws) {
        ws.pss().begin(ws);
    }

    @Override
    public void onMessage(WsSession<Loop> ws, WsFragment rx) {
        if (!ws.pss().take(ws, rx.toMessage())) {
            ws.close(Loop.OVERLOAD, "more than can be passed on");
        }
    }

    @Override
    public void onClosed(WsSession<Loop> ws, CloseInfo info) {
        ws.pss().end();
    }
}
