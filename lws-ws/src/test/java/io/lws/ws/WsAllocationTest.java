package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.testing.AllocationMeter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** The way of an echoed frame through the codecs, as a session walks it: it must not allocate. */
class WsAllocationTest {
    private static final int FRAMES = 16;

    private final WsFragmentPool pool = new WsFragmentPool(1 << 20);
    private final WsFragment lender = WsFragment.lender(pool);
    private final WsFrameParser parser = new WsFrameParser(WsSide.SERVER, WsLimits.defaults(), 0);
    private final ArrayDeque<WsFragment> pending = new ArrayDeque<>(FRAMES + 1);
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
    private final byte[] wire = wire();
    private final ByteBuffer in = ByteBuffer.allocateDirect(wire.length);

    private static byte[] wire() {
        byte[][] frames = new byte[FRAMES][];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] =
                    i == 7 ? Frames.masked(0x89, "ping") : Frames.masked(0x80 | 1 + (i & 1), "é".repeat(8 + i * 20));
        }
        return Frames.join(frames);
    }

    @Test
    void echoAllocatesNothing() {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least != 0; attempt++) {
            long before = AllocationMeter.allocatedBytes();
            for (int turn = 0; turn < 1000; turn++) {
                echo();
            }
            least = Math.min(least, AllocationMeter.allocatedBytes() - before);
        }
        assertEquals(0, least, "bytes for " + FRAMES * 1000 + " frames");
        assertEquals(wire.length - 4 * FRAMES, out.position());
    }

    private void echo() {
        in.clear().put(0, wire);
        out.clear();
        for (int event = parser.next(in); event != WsFrameParser.NEED_MORE; event = parser.next(in)) {
            int from = parser.payloadIndex();
            if (event == WsFrameParser.DATA) {
                pending.add(lender.lend(in, from, from + parser.payloadBytes(), parser.piece())
                        .copy());
                lender.revoke();
            } else {
                WsFrameWriter.SERVER.control(out, WsWire.PONG, in, from, parser.payloadBytes());
            }
        }
        for (WsFragment next = pending.poll(); next != null; next = pending.poll()) {
            WsFrameWriter.SERVER.fragment(out, next);
            next.spend(pool);
        }
    }
}
