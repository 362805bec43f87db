package io.lws.examples.raw.file;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import java.nio.ByteBuffer;

/** Counts what it reads; the end of it ends the program. */
final class CountProtocol implements RawProtocol<long[]> {
    @Override
    public long[] newPss() {
        return new long[1];
    }

    @Override
    public void onReceive(RawSession<long[]> raw, ByteBuffer rx) {
        raw.pss()[0] += rx.remaining();
        System.out.println("read " + rx.remaining() + " bytes");
        rx.position(rx.limit());
    }

    @Override
    public void onClosed(RawSession<long[]> raw, CloseInfo info) {
        System.out.println("closed after " + raw.pss()[0] + " bytes: " + info.reason());
        raw.vhost().context().close();
    }
}
