package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.http.H2Limits;
import io.lws.http.hpack.HpackDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes the blocks of one connection (RFC 9113 4.3). One that comes in a single frame is read where it lies; of one
 * that is continued the fragments are kept, up to the limits.
 */
final class HeaderBlock {
    private static final byte[] NONE = {};

    private final HpackDecoder decoder = new HpackDecoder();
    private final H2Limits limits;
    private byte[] kept = NONE;
    private int keptBytes;
    private int continuations;

    HeaderBlock(H2Limits limits) {
        this.limits = limits;
    }

    /** The peer has acknowledged our settings. */
    void settingsAgreed() {
        decoder.allowTable(limits.tableBytes());
    }

    /** A fragment that is not the last of its block. */
    void keep(ByteBuffer in, int at, int lengthBytes) {
        int all = keptBytes + lengthBytes;
        if (all > limits.headerBlockBytes()) {
            throw tooMuch("header block too long");
        }
        if (kept.length < all) {
            kept = Arrays.copyOf(kept, Math.max(all, Math.min(kept.length * 2, limits.headerBlockBytes())));
        }
        in.get(at, kept, keptBytes, lengthBytes);
        keptBytes = all;
    }

    /** One more CONTINUATION. */
    void count() {
        if (++continuations > limits.continuations()) {
            throw tooMuch("header block in too many frames");
        }
    }

    /** The last fragment, often the only one. Returns the size of the whole list, see {@link HpackDecoder#decode}. */
    long decode(ByteBuffer in, int at, int lengthBytes, FieldList fields) {
        if (keptBytes > 0 || continuations > 0) {
            keep(in, at, lengthBytes);
            ByteBuffer whole = ByteBuffer.wrap(kept, 0, keptBytes);
            kept = NONE;
            keptBytes = 0;
            continuations = 0;
            return decoder.decode(whole, limits.headerListBytes(), fields);
        }
        int position = in.position();
        int limit = in.limit();
        in.limit(at + lengthBytes).position(at);
        try {
            return decoder.decode(in, limits.headerListBytes(), fields);
        } finally {
            in.limit(limit).position(position);
        }
    }

    private static ProtocolException tooMuch(String what) {
        return new ProtocolException(H2Error.ENHANCE_YOUR_CALM, what);
    }
}
