package io.lws.ws;

import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.deflate.End;
import io.lws.ws.deflate.MessageDeflater;
import java.nio.ByteBuffer;

/** Deflates what one connection sends. Knows, as no other transform can, what was deflated once for many. */
final class DeflateOutgoing implements WsTransform {
    private final MessageDeflater deflater;
    private final WsDeflate settings;
    private final WsLoop shared;
    private boolean busy;

    DeflateOutgoing(DeflateTerms terms, WsDeflate settings, WsLoop shared) {
        this.deflater = new MessageDeflater(terms, shared.deflaters(settings));
        this.settings = settings;
        this.shared = shared;
    }

    @Override
    public boolean wants(WsOpcode opcode, WsPart part, int lengthBytes) {
        return part != WsPart.WHOLE || lengthBytes >= settings.thresholdBytes();
    }

    @Override
    public Progress transform(ByteBuffer in, WsPart part, ByteBuffer out) {
        if (!busy) {
            busy = true;
            deflater.begin(in, part.isLast() ? End.OF_MESSAGE : End.OF_PIECE, shared.nowNs());
        }
        if (!deflater.deflate(out)) {
            return Progress.FULL;
        }
        busy = false;
        shared.watchDeflaters();
        return Progress.DONE;
    }

    /** The form in which {@code message} goes to its many receivers; what follows then refers to nothing. */
    WsMessage sharedForm(WsMessage message, WsShared many) {
        if (message.lengthBytes() < settings.thresholdBytes()) {
            return message;
        }
        deflater.end();
        shared.watchDeflaters();
        return many.deflated(
                message, deflater.windowBits(), shared.deflaters(settings), shared.encoded(), shared.nowNs());
    }

    @Override
    public void end() {
        deflater.end();
        shared.watchDeflaters();
    }
}
