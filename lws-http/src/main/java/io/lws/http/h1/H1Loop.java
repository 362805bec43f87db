package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Authority;
import io.lws.http.HttpSite;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the HTTP/1 connections of one loop share: heads, the encoder with its cached lines, the sites. */
final class H1Loop {
    private final LoopNet net;
    private final Map<Vhost, HttpSite> sites = new HashMap<>();
    private final @Nullable CloseInfo[] answered = new @Nullable CloseInfo[1000];
    private int clockTurn;
    private boolean clockSet;

    final H1HeadPool heads = new H1HeadPool();
    final H1Encoder encoder = new H1Encoder();
    final H1ErrorAnswer errors = new H1ErrorAnswer(this);

    private H1Loop(LoopNet net) {
        this.net = net;
        net.loop().atEnd(() -> sites.values().forEach(HttpSite::close));
    }

    static H1Loop of(LoopNet net) {
        return net.perLoop(H1Loop.class, () -> new H1Loop(net));
    }

    HttpSite site(Vhost vhost) {
        return sites.computeIfAbsent(vhost, HttpSite::new);
    }

    /** The site of the vhost that is named in a request, else of the first. */
    HttpSite site(VhostGroup vhosts, H1RequestHead head, HttpSite first) {
        if (vhosts.vhosts().size() == 1) {
            return first;
        }
        return site(vhosts.byName(Authority.host(head.authority())));
    }

    /** How a transaction ends that was answered with that status; one value for all of them. */
    CloseInfo answered(int status) {
        CloseInfo info = answered[status];
        if (info == null) {
            info = CloseInfo.local(status, "answered");
            answered[status] = info;
        }
        return info;
    }

    /** The encoder, which knows the time of this turn. */
    H1Encoder encoder() {
        int turn = net.loop().turnNumber();
        if (turn != clockTurn || !clockSet) {
            clockTurn = turn;
            clockSet = true;
            encoder.updateClock(System.currentTimeMillis());
        }
        return encoder;
    }
}
