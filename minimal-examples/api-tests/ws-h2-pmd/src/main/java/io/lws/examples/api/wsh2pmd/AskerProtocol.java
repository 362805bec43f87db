package io.lws.examples.api.wsh2pmd;

import io.lws.CloseInfo;
import io.lws.ws.WsCloseCode;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Sends texts of several lengths, some that compress well and some that do not, and expects each back. */
final class AskerProtocol implements WsProtocol<Void> {
    private static final List<String> TEXTS = List.of(
            "",
            "short",
            "again and again ".repeat(10),
            letters(5_000),
            "again and again ".repeat(3_000),
            letters(60_000));

    private int next;
    private boolean closedWell;

    boolean passed() {
        return closedWell && next == TEXTS.size();
    }

    private static String letters(int count) {
        return new Random(count)
                .ints(count, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        ws.post(WsMessage.text(TEXTS.get(0)));
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        boolean same = rx.text().equals(TEXTS.get(next));
        System.out.println(TEXTS.get(next).length() + " letters: " + (same ? "the same" : "not the same"));
        if (same && ++next < TEXTS.size()) {
            ws.post(WsMessage.text(TEXTS.get(next)));
        } else {
            ws.close();
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        closedWell = info.code() == WsCloseCode.NORMAL;
    }
}
