package io.lws.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * A first-in first-out queue of bytes in chunks (lws: buflist). Grows by what is appended and frees each chunk as it is
 * drained. One thread.
 */
public final class BufferChain {
    private static final int CHUNK_BYTES = 16 << 10;
    private static final int MAX_CHUNK_BYTES = 64 << 10;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
    private long lengthBytes;

    /** An empty chain; costs one small array. */
    public BufferChain() {}

    public boolean isEmpty() {
        return lengthBytes == 0;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /** Copies all of {@code src}, which is consumed. */
    public void append(ByteBuffer src) {
        lengthBytes += src.remaining();
        ByteBuffer tail = chunks.peekLast();
        if (tail != null && tail.limit() < tail.capacity()) {
            fill(tail, src);
        }
        while (src.hasRemaining()) {
            int capacity = Math.min(MAX_CHUNK_BYTES, Math.max(CHUNK_BYTES, src.remaining()));
            ByteBuffer chunk = ByteBuffer.allocate(capacity).limit(0);
            fill(chunk, src);
            chunks.addLast(chunk);
        }
    }

    /** The oldest bytes, to be read by the caller, who then calls {@link #consumed}. Empty when the chain is. */
    public ByteBuffer head() {
        ByteBuffer head = chunks.peekFirst();
        return head == null ? ByteBuffer.allocate(0) : head;
    }

    /** The caller has read {@code lengthBytes} from {@link #head}; a drained chunk is freed. */
    public void consumed(int lengthBytes) {
        this.lengthBytes -= lengthBytes;
        ByteBuffer head = chunks.peekFirst();
        if (head != null && !head.hasRemaining()) {
            chunks.removeFirst();
        }
    }

    /** Moves what fits into {@code dst}; returns the bytes moved. */
    public int drainTo(ByteBuffer dst) {
        int moved = 0;
        while (lengthBytes > 0 && dst.hasRemaining()) {
            ByteBuffer head = head();
            int n = Math.min(head.remaining(), dst.remaining());
            ByteBuffer part = head.slice(head.position(), n);
            dst.put(part);
            head.position(head.position() + n);
            consumed(n);
            moved += n;
        }
        return moved;
    }

    /** Drops everything. */
    public void clear() {
        chunks.clear();
        lengthBytes = 0;
    }

    /** Chunks stand ready to be read: position = first unread byte, limit = end of what was written. */
    private static void fill(ByteBuffer chunk, ByteBuffer src) {
        int n = Math.min(chunk.capacity() - chunk.limit(), src.remaining());
        int at = chunk.limit();
        chunk.limit(at + n);
        chunk.put(at, src, src.position(), n);
        src.position(src.position() + n);
    }
}
