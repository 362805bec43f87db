package io.lws.http.h2;

import io.lws.http.H2Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The SETTINGS an endpoint begins with, and the connection's window. */
final class H2Greeting {
    static final int[] CONNECT_PROTOCOL = {PeerSettings.ENABLE_CONNECT_PROTOCOL, 1};
    static final int[] NO_PUSH = {PeerSettings.ENABLE_PUSH, 0};

    private static final int MAX_BYTES = 128;

    private H2Greeting() {}

    /** {@code own}: what only this side says, identifiers and values in turn. */
    static void write(H2Connection h2, H2Limits limits, int... own) {
        int[] common = {
            PeerSettings.HEADER_TABLE_SIZE, limits.tableBytes(),
            PeerSettings.MAX_CONCURRENT_STREAMS, limits.streams(),
            PeerSettings.INITIAL_WINDOW_SIZE, h2.input.announcedWindowBytes(),
            PeerSettings.MAX_HEADER_LIST_SIZE, limits.headerListBytes()
        };
        int[] all = Arrays.copyOf(common, common.length + own.length);
        System.arraycopy(own, 0, all, common.length, own.length);
        ByteBuffer out = h2.connection.out(MAX_BYTES);
        H2FrameWriter.settings(out, all);
        int extra = h2.input.extraWindowBytes();
        if (extra > 0) {
            H2FrameWriter.windowUpdate(out, 0, extra);
        }
    }
}
