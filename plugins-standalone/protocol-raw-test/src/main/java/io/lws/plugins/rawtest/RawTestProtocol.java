package io.lws.plugins.rawtest;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says back what it hears, and what comes out of the fifo to everybody. */
final class RawTestProtocol implements RawProtocol<ByteArrayOutputStream> {
    private static final int MAX_WAITING_BYTES = 64 << 10;

    private final Set<RawSession<ByteArrayOutputStream>> sessions = ConcurrentHashMap.newKeySet();

    RawTestProtocol(Vhost vhost, ProtocolOptions options) {
        if (options.has("fifo-path")) {
            Fifo.open(vhost, Path.of(options.string("fifo-path")), this::tellEverybody);
        }
    }

    /** What waits for the peer. */
    @Override
    public ByteArrayOutputStream newPss() {
        return new ByteArrayOutputStream();
    }

    @Override
    public void onConnected(RawSession<ByteArrayOutputStream> raw) {
        sessions.add(raw);
    }

    @Override
    public void onReceive(RawSession<ByteArrayOutputStream> raw, ByteBuffer rx) {
        byte[] bytes = new byte[rx.remaining()];
        rx.get(bytes);
        raw.pss().writeBytes(bytes);
        raw.pauseRx(); // until it has left
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<ByteArrayOutputStream> raw, RawTx tx) {
        tx.write(ByteBuffer.wrap(raw.pss().toByteArray()));
        raw.pss().reset();
        raw.resumeRx();
    }

    @Override
    public void onClosed(RawSession<ByteArrayOutputStream> raw, CloseInfo info) {
        sessions.remove(raw);
    }

    /** Who reads nothing misses what does not fit. */
    private void tellEverybody(byte[] news) {
        for (RawSession<ByteArrayOutputStream> each : sessions) {
            each.execute(() -> {
                if (each.pss().size() + news.length <= MAX_WAITING_BYTES) {
                    each.pss().writeBytes(news);
                    each.requestWriteable();
                }
            });
        }
    }
}
