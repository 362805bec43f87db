package io.lws.ws;

import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.deflate.End;
import io.lws.ws.deflate.MessageDeflater;
import java.nio.ByteBuffer;

/**
 * Deflates what one connection sends. What goes to many is deflated once for each size of window among them: a form that
 * refers to nothing before it suits everybody, whatever was agreed on about context takeover.
 */
final class DeflateOutgoing implements WsTransform, WsTransform.ForMany {
    private final MessageDeflater deflater;
    private final WsDeflate settings;
    private final DeflateLoop shared;
    private boolean busy;

    DeflateOutgoing(DeflateTerms terms, WsDeflate settings, DeflateLoop shared) {
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

    @Override
    public ForMany forMany() {
        return this;
    }

    @Override
    public DeflateTerms key() {
        return DeflateTerms.alone(deflater.windowBits());
    }

    @Override
    public WsTransform transform() {
        return new DeflateOutgoing(key(), settings, shared);
    }

    @Override
    public boolean isWorth(int messageBytes, int transformedBytes) {
        return transformedBytes < messageBytes;
    }

    @Override
    public void end() {
        deflater.end();
        shared.watchDeflaters();
    }
}
