package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.Verdict;
import io.lws.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that writes down what it is told, one line a callback, and does what the test gives it to do there: {@code
 * upgrade /path}, {@code established}, {@code message text}, {@code writeable}, {@code pong x}, {@code peer-close 1000
 * why}, {@code closed PEER 1000 why}.
 */
final class RecordingWs implements WsProtocol<RecordingWs.Pss> {
    /** One session's state, which also says where it came from. */
    static final class Pss {
        String path = "";
    }

    final List<String> events = new ArrayList<>();
    private final Map<String, Consumer<WsSession<Pss>>> actions = new HashMap<>();
    private Consumer<WsTx> writing = tx -> {};
    private Verdict verdict = Verdict.ACCEPT;
    private boolean takingPieces;
    private @Nullable Consumer<WsFragment> taking;

    @Nullable
    WsSession<Pss> session;

    @Nullable
    CloseInfo closeInfo;

    int madePss;

    /** Does {@code action} in the callback of that name. */
    RecordingWs at(String callback, Consumer<WsSession<Pss>> action) {
        actions.put(callback, action);
        return this;
    }

    RecordingWs onWrite(Consumer<WsTx> action) {
        writing = action;
        return this;
    }

    RecordingWs verdict(Verdict value) {
        verdict = value;
        return this;
    }

    /** Takes fragments as they come: {@code first}, {@code piece}, {@code last}, {@code whole}. */
    RecordingWs takingPieces() {
        takingPieces = true;
        return this;
    }

    /** Gives whole messages to {@code taker} instead of writing them down. */
    RecordingWs takingFragments(Consumer<WsFragment> taker) {
        taking = taker;
        return this;
    }

    WsSession<Pss> ws() {
        WsSession<Pss> open = session;
        if (open == null) {
            throw new IllegalStateException("never established");
        }
        return open;
    }

    private void record(String callback, String line, WsSession<Pss> ws) {
        events.add(line);
        actions.getOrDefault(callback, nothing -> {}).accept(ws);
    }

    @Override
    public Pss newPss() {
        madePss++;
        return new Pss();
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Pss pss) {
        pss.path = request.path();
        events.add("upgrade " + pss.path);
        Consumer<WsSession<Pss>> action = actions.get("upgrade");
        if (action != null) {
            throw new IllegalStateException("meant");
        }
        return verdict;
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        session = ws;
        record("established", "established", ws);
    }

    @Override
    public void onReceive(WsSession<Pss> ws, WsFragment rx) {
        if (takingPieces) {
            String place = rx.isWhole() ? "whole " : rx.isFirst() ? "first " : rx.isFinal() ? "last " : "piece ";
            record("receive", place + rx.text(), ws);
        } else {
            WsProtocol.super.onReceive(ws, rx);
        }
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        Consumer<WsFragment> taker = taking;
        if (taker != null) {
            taker.accept(rx);
            return;
        }
        String kind = rx.isText() ? "text " : "binary ";
        record("message", (kind + Frames.Recorder.show(bytes(rx.payload()))).strip(), ws);
    }

    @Override
    public void onWriteable(WsSession<Pss> ws, WsTx tx) {
        events.add("writeable");
        writing.accept(tx);
        actions.getOrDefault("writeable", nothing -> {}).accept(ws);
    }

    @Override
    public void onPong(WsSession<Pss> ws, ByteBuffer payload) {
        record("pong", "pong " + new String(bytes(payload), StandardCharsets.UTF_8), ws);
    }

    @Override
    public void onPeerClose(WsSession<Pss> ws, int code, String reason) {
        record("peer-close", ("peer-close " + code + " " + reason).strip(), ws);
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        closeInfo = info;
        record("closed", ("closed " + info.initiator() + " " + info.code() + " " + info.reason()).strip(), ws);
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        return copy;
    }
}
