package io.lws.http.h1;

import io.lws.http.exchange.HttpLoop;
import io.lws.net.LoopNet;

/** What the HTTP/1 connections of one loop share: heads, the encoder with its cached lines. */
final class H1Loop {
    private final LoopNet net;
    private int clockTurn;
    private boolean clockSet;

    final HttpLoop http;
    final H1HeadPool heads = new H1HeadPool();
    final H1Encoder encoder = new H1Encoder();
    final H1ErrorAnswer errors = new H1ErrorAnswer(this);

    private H1Loop(LoopNet net, HttpLoop http) {
        this.net = net;
        this.http = http;
    }

    static H1Loop of(LoopNet net) {
        HttpLoop http = HttpLoop.of(net);
        return net.perLoop(H1Loop.class, () -> new H1Loop(net, http));
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
