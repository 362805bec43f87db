package io.lws.plugins.status;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.time.Instant;

/** Tells everybody who is connected, whenever that changes. Who reads slowly gets the latest state only. */
final class StatusProtocol implements WsProtocol<Visit> {
    private final Vhost vhost;
    private final Visits visits;
    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.CONFLATE).build();

    StatusProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
        visits = new Visits(options.integer("max-listed", 64));
    }

    @Override
    public Visit newPss() {
        return new Visit(Instant.now());
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Visit visit) {
        visit.userAgent = request.headers("User-Agent").stream().findFirst().orElse("");
        return Verdict.ACCEPT;
    }

    @Override
    public void onEstablished(WsSession<Visit> ws) {
        ws.pss().peer = String.valueOf(ws.remoteAddress());
        everybody.add(ws);
        visits.add(ws.pss());
        tell();
    }

    @Override
    public void onClosed(WsSession<Visit> ws, CloseInfo info) {
        everybody.remove(ws);
        visits.remove(ws.pss());
        tell();
    }

    /** Looking and sending are one step, so that nobody ends with a list older than another's. */
    private synchronized void tell() {
        everybody.send(WsMessage.text(visits.json(vhost.name(), vhost.context().connections())));
    }
}
