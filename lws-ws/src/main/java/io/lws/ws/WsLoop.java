package io.lws.ws;

import io.lws.net.LoopNet;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the WebSockets of one loop share. */
final class WsLoop {
    private static final long POOL_BYTES = 4 << 20;
    private static final int TRANSFORM_BYTES = 64 << 10;

    final WsFragmentPool pool = new WsFragmentPool(POOL_BYTES);
    /** Lent for the pieces of {@code onReceive}. */
    final WsFragment pieces = WsFragment.lender(pool);
    /** Lent for the whole messages of {@code onMessage}, which happens inside {@code onReceive}. */
    final WsFragment wholes = WsFragment.lender(pool);

    private @Nullable IntSupplier maskKeys;
    private @Nullable ByteBuffer decoded;
    private @Nullable ByteBuffer encoded;

    private WsLoop() {}

    static WsLoop of(LoopNet net) {
        return net.perLoop(WsLoop.class, WsLoop::new);
    }

    /** For what clients send. */
    IntSupplier maskKeys() {
        IntSupplier keys = maskKeys;
        if (keys == null) {
            keys = new MaskKeys();
            maskKeys = keys;
        }
        return keys;
    }

    /** What a step of {@link WsDecoding} fills; its content is handed on before the next step of anyone. */
    ByteBuffer decoded() {
        ByteBuffer buffer = decoded;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(TRANSFORM_BYTES);
            decoded = buffer;
        }
        return buffer;
    }

    /** What a step of {@link WsEncoding} fills; its content is sent before the next step of anyone. */
    ByteBuffer encoded() {
        ByteBuffer buffer = encoded;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(TRANSFORM_BYTES);
            encoded = buffer;
        }
        return buffer;
    }
}
