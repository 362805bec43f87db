package io.lws.ws;

import io.lws.net.LoopNet;
import org.jspecify.annotations.Nullable;

/** permessage-deflate (RFC 7692) with a vhost's wishes. */
record DeflateExtension(WsDeflate wish) implements WsExtension {
    @Override
    public String name() {
        return DeflateNegotiation.NAME;
    }

    @Override
    public WsExtensionTerms offer() {
        return DeflateNegotiation.offer(wish);
    }

    @Override
    public @Nullable WsAgreement answer(WsExtensionTerms offer) {
        DeflateNegotiation agreed = DeflateNegotiation.answer(offer, wish);
        return agreed == null ? null : agreement(agreed);
    }

    @Override
    public WsAgreement accepted(WsExtensionTerms answer) {
        return agreement(DeflateNegotiation.accepted(answer, wish));
    }

    private WsAgreement agreement(DeflateNegotiation agreed) {
        return new WsAgreement(
                agreed.element(),
                WsAgreement.ReservedBit.RSV1,
                net -> outgoing(agreed, net),
                net -> new DeflateIncoming(agreed.incoming(), DeflateLoop.of(net).inflaters));
    }

    private DeflateOutgoing outgoing(DeflateNegotiation agreed, LoopNet net) {
        return new DeflateOutgoing(agreed.outgoing(), wish, DeflateLoop.of(net));
    }
}
