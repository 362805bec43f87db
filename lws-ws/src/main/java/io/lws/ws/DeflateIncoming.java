package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.deflate.End;
import io.lws.ws.deflate.InflaterPool;
import io.lws.ws.deflate.MessageInflater;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Inflates what one connection receives. */
final class DeflateIncoming implements WsTransform {
    private final MessageInflater inflater;

    DeflateIncoming(DeflateTerms terms, InflaterPool pool) {
        inflater = new MessageInflater(terms, pool);
    }

    @Override
    public Progress transform(ByteBuffer in, WsPart part, ByteBuffer out) {
        if (inflater.isBusy()) {
            inflater.goOnWith(in);
        } else {
            inflater.feed(in, part.isLast() ? End.OF_MESSAGE : End.OF_PIECE);
        }
        int workBytes = 0;
        do {
            workBytes += inflate(out);
        } while (inflater.isBusy() && out.hasRemaining() && workBytes < out.capacity());
        if (!inflater.isBusy()) {
            return Progress.DONE;
        }
        return out.hasRemaining() ? Progress.TOILED : Progress.FULL;
    }

    private int inflate(ByteBuffer out) {
        try {
            return inflater.inflate(out);
        } catch (DataFormatException e) {
            throw new ProtocolException(WsCloseCode.INVALID_PAYLOAD, "message is not deflated data");
        }
    }

    @Override
    public void end() {
        inflater.end();
    }
}
