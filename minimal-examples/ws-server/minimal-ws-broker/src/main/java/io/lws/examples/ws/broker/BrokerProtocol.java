package io.lws.examples.ws.broker;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Clients of {@code /publisher} publish, all others subscribe; a subscriber that does not keep up misses messages. */
final class BrokerProtocol implements WsProtocol<BrokerProtocol.Pss> {
    private static final int TRY_LATER = 1013; // close code

    /** What a client is here for. */
    enum Part {
        PUBLISHER,
        SUBSCRIBER
    }

    static final class Pss {
        Part part = Part.SUBSCRIBER;
    }

    private final WsBroadcast broadcast;

    /** Option {@code pending-bytes}: what may wait for one subscriber, default 65536. */
    BrokerProtocol(Vhost vhost, ProtocolOptions options) {
        broadcast = WsBroadcast.builder()
                .slowReader(SlowReader.DROP)
                .pendingBytes(options.integer("pending-bytes", 64 << 10))
                .build();
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Pss pss) {
        if (request.path().equals("/publisher")) {
            pss.part = Part.PUBLISHER;
        }
        return Verdict.ACCEPT;
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        if (ws.pss().part == Part.SUBSCRIBER) {
            broadcast.add(ws);
        }
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        if (ws.pss().part == Part.PUBLISHER && !broadcast.send(rx.toMessage())) {
            ws.close(TRY_LATER, "more than can be passed on");
        }
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        if (ws.pss().part == Part.SUBSCRIBER) {
            broadcast.remove(ws);
        }
    }
}
