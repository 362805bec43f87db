package io.lws.bench.load;

import java.nio.ByteBuffer;

/** A request repeated as often as one connection may have it under way: any number of them leaves in one write. */
final class Outbox {
    private final ByteBuffer images;
    private final int requestBytes;

    Outbox(byte[] request, int depth) {
        requestBytes = request.length;
        // one more than the depth: a write may begin in the middle of a request
        images = ByteBuffer.allocateDirect(requestBytes * (depth + 1));
        for (int i = 0; i <= depth; i++) {
            images.put(request);
        }
    }

    int requestBytes() {
        return requestBytes;
    }

    /** The next {@code lengthBytes} to send for a connection that has sent {@code offset} bytes of a request already. */
    ByteBuffer from(int offset, int lengthBytes) {
        return images.limit(Math.min(images.capacity(), offset + lengthBytes)).position(offset);
    }
}
