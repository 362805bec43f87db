package io.lws.bench.peers;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Echo at any path, but {@code /pub}, whose messages go to all of {@code /bcast}. Public, since Jetty looks it up. */
public final class JettyWs extends Session.Listener.AbstractAutoDemanding {
    private static final List<Session> SUBSCRIBERS = new CopyOnWriteArrayList<>();

    private final String path;

    JettyWs(String path) {
        this.path = path;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        if (path.equals("/bcast")) {
            SUBSCRIBERS.add(session);
        }
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        SUBSCRIBERS.remove(getSession());
        callback.succeed();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        if (!path.equals("/pub")) {
            getSession().sendBinary(payload, callback);
            return;
        }
        ByteBuffer kept = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
        callback.succeed();
        for (Session each : SUBSCRIBERS) {
            each.sendBinary(kept.duplicate(), Callback.NOOP);
        }
    }
}
