package io.lws.ws;

import io.lws.net.LoopNet;

/** What the WebSockets of one loop share. */
final class WsLoop {
    private static final long POOL_BYTES = 4 << 20;

    final WsFragmentPool pool = new WsFragmentPool(POOL_BYTES);
    /** Lent for the pieces of {@code onReceive}. */
    final WsFragment pieces = WsFragment.lender(pool);
    /** Lent for the whole messages of {@code onMessage}, which happens inside {@code onReceive}. */
    final WsFragment wholes = WsFragment.lender(pool);

    private WsLoop() {}

    static WsLoop of(LoopNet net) {
        return net.perLoop(WsLoop.class, WsLoop::new);
    }
}
