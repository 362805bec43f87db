package io.lws.ws;

import io.lws.net.LoopNet;
import java.util.function.Function;

/**
 * What the two ends of one connection have agreed on, as an end sees it. {@code answer} is what the server says, {@code
 * bit} marks the messages that are transformed; the rest are as they would be without the extension. Each function is
 * called once, on the connection's loop, of which {@link LoopNet#perLoop} keeps what is shared.
 */
public record WsAgreement(
        WsExtensionTerms answer,
        ReservedBit bit,
        Function<LoopNet, WsTransform> outgoing,
        Function<LoopNet, WsTransform> incoming) {
    /** The bit in the first frame of a message that an extension gives a meaning (RFC 6455 5.2). */
    public enum ReservedBit {
        RSV1(0x40),
        RSV2(0x20),
        RSV3(0x10);

        final int wire;

        ReservedBit(int wire) {
            this.wire = wire;
        }
    }
}
