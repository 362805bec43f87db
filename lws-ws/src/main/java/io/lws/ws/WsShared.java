package io.lws.ws;

import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.deflate.DeflaterPool;
import io.lws.ws.deflate.End;
import io.lws.ws.deflate.MessageDeflater;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the receivers of one message share beside its bytes: its topic, and its compressed forms, one for each size of
 * window among them, made at the first need. Such a form refers to nothing before it, so any receiver understands it
 * whatever its session has agreed on about context takeover. Any thread.
 */
final class WsShared {
    private static final int WINDOWS = DeflateTerms.MAX_WINDOW_BITS - DeflateTerms.MIN_WINDOW_BITS + 1;

    private final Object topic;
    private @Nullable WsMessage @Nullable [] deflated;

    WsShared(Object topic) {
        this.topic = topic;
    }

    Object topic() {
        return topic;
    }

    /**
     * {@code message} as it is sent with a window of {@code windowBits}: compressed, or itself where that gains nothing.
     * Compressing uses {@code pool}, and {@code buffer} from its start.
     */
    synchronized WsMessage deflated(
            WsMessage message, int windowBits, DeflaterPool pool, ByteBuffer buffer, long nowNs) {
        if (deflated == null) {
            deflated = new @Nullable WsMessage[WINDOWS];
        }
        int at = windowBits - DeflateTerms.MIN_WINDOW_BITS;
        WsMessage form = deflated[at];
        if (form == null) {
            byte[] payload = deflate(message, windowBits, pool, buffer, nowNs);
            form = payload.length < message.lengthBytes() ? message.compressed(payload) : message;
            deflated[at] = form;
        }
        return form;
    }

    private static byte[] deflate(WsMessage message, int windowBits, DeflaterPool pool, ByteBuffer buffer, long nowNs) {
        MessageDeflater deflater = new MessageDeflater(new DeflateTerms(ContextTakeover.NONE, windowBits), pool);
        ByteArrayOutputStream all = new ByteArrayOutputStream(256);
        deflater.begin(message.payload(), End.OF_MESSAGE, nowNs);
        boolean done;
        do {
            done = deflater.deflate(buffer.clear());
            byte[] part = new byte[buffer.flip().remaining()];
            buffer.get(part);
            all.writeBytes(part);
        } while (!done);
        return all.toByteArray();
    }
}
