package ${package};

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Answers each message with a greeting. One instance serves one vhost; callbacks must not block. */
final class ${className}Protocol implements WsProtocol<Void> {
    private final String greeting;

    ${className}Protocol(Vhost vhost, ProtocolOptions options) {
        greeting = options.string("greeting", "hello");
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        ws.post(WsMessage.text(greeting + " " + rx.text()));
    }
}
