package io.lws.plugins.rawproxy;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.net.LoopNet;
import io.lws.raw.RawClient;
import io.lws.raw.RawProxy;
import io.lws.raw.RawSession;

/** The side of whoever calls: each session gets one to the server behind, and waits unread until it is there. */
final class RawProxyProtocol implements EitherSide {
    private final Vhost vhost;
    private final RawClient onward;

    RawProxyProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
        RawProxy to = RawProxy.to(options.string("onward"));
        onward = RawClient.to(to.onward()).timeout(to.connectTimeout());
    }

    @Override
    public void onConnected(RawSession<Leg> near) {
        near.pauseRx();
        var unused = onward.connect(netOf(near), vhost, new OnwardProtocol(near)).exceptionally(failure -> {
            near.abort();
            return null;
        });
    }

    private LoopNet netOf(RawSession<Leg> session) {
        return vhost.context().nets().stream()
                .filter(net -> net.loop() == session.loop())
                .findFirst()
                .orElseThrow();
    }
}
