package io.lws.examples.raw.vhost;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends what any client sends to all of them; a client that does not read is let go. */
final class RawChatProtocol implements RawProtocol<RawChatProtocol.Pss> {
    private static final int MAX_PENDING = 256;

    /** Sessions may live on several loops: this set is the only thing they share. */
    private final Set<RawSession<Pss>> sessions = ConcurrentHashMap.newKeySet();

    static final class Pss {
        final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>();
    }

    RawChatProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onConnected(RawSession<Pss> raw) {
        sessions.add(raw);
    }

    @Override
    public void onReceive(RawSession<Pss> raw, ByteBuffer rx) {
        ByteBuffer kept = ByteBuffer.allocate(rx.remaining()).put(rx).flip(); // rx is only lent
        for (RawSession<Pss> each : sessions) {
            each.execute(() -> send(each, kept.asReadOnlyBuffer()));
        }
    }

    private static void send(RawSession<Pss> raw, ByteBuffer bytes) {
        if (raw.pss().pending.size() >= MAX_PENDING) {
            raw.abort();
            return;
        }
        raw.pss().pending.add(bytes);
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<Pss> raw, RawTx tx) {
        var pending = raw.pss().pending;
        while (tx.isReady() && !pending.isEmpty()) {
            tx.write(pending.poll());
        }
        if (!pending.isEmpty()) {
            raw.requestWriteable();
        }
    }

    @Override
    public void onClosed(RawSession<Pss> raw, CloseInfo info) {
        sessions.remove(raw);
    }
}
