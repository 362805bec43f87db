package io.lws.ws;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntSupplier;

/** Keys that a peer cannot foresee (RFC 6455 10.3), drawn by the block because each call of the generator is dear. */
final class MaskKeys implements IntSupplier {
    private static final int BLOCK_BYTES = 4096;

    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer keys = ByteBuffer.wrap(block).limit(0);

    @Override
    public int getAsInt() {
        if (!keys.hasRemaining()) {
            random.nextBytes(block);
            keys.clear();
        }
        return keys.getInt();
    }
}
