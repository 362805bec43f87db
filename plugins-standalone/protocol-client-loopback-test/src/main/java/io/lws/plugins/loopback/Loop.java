package io.lws.plugins.loopback;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.ws.WsClient;
import io.lws.ws.WsMessage;
import io.lws.ws.WsSession;
import org.jspecify.annotations.Nullable;

/** The state of one session on the server's side: a visitor's, with a client of its own, or that client's other end. */
final class Loop {
    static final int OVERLOAD = 1013; // close code: try again later
    private static final int FAILED = 1011; // close code

    /** Which end of a loop a session is. */
    private enum End {
        VISITOR,
        ECHO
    }

    private final Vhost vhost;
    private final String secret;
    private End end = End.VISITOR;
    private @Nullable WsClient client;
    /** Set by the client's thread. */
    private volatile @Nullable WsSession<Void> inner;

    Loop(Vhost vhost, String secret) {
        this.vhost = vhost;
        this.secret = secret;
    }

    void beEcho() {
        end = End.ECHO;
    }

    void begin(WsSession<Loop> ws) {
        if (end == End.ECHO) {
            return;
        }
        ws.pauseRx(); // until there is somewhere to send it
        client = WsClient.builder(vhost)
                .uri((vhost.tls() == null ? "ws" : "wss") + "://localhost:" + vhost.port() + "/")
                .subprotocol("client-loopback-test")
                .header(LoopbackProtocol.MARK, secret)
                .protocol(new Inner(this, ws))
                .retry(RetryPolicy.NEVER)
                .onStale(why -> ws.execute(() -> ws.close(FAILED, "no loop: " + why.reason())))
                .connect();
    }

    /** The client is connected. On its thread. */
    void joined(WsSession<Void> session, WsSession<Loop> visitor) {
        inner = session;
        visitor.execute(visitor::resumeRx);
    }

    /** A message for this end; false when it cannot be passed on. */
    boolean take(WsSession<Loop> ws, WsMessage message) {
        if (end == End.ECHO) {
            return ws.post(message);
        }
        WsSession<Void> onward = inner;
        return onward != null && onward.post(message);
    }

    void end() {
        if (client != null) {
            client.close();
        }
    }

    /** The client's connection has ended. On its thread. */
    void left(WsSession<Loop> visitor, CloseInfo info) {
        inner = null;
        visitor.execute(visitor::close);
    }
}
