package io.lws.examples.api.wsh2txcredit;

import io.lws.CloseInfo;
import io.lws.ws.WsCloseCode;
import io.lws.ws.WsFragment;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;

/** Sends a mebibyte as fast as it is let. */
final class FloodProtocol implements WsProtocol<Void> {
    private static final int ALL_BYTES = 1 << 20;
    private static final int MESSAGE_BYTES = 1 << 10;

    /** The window, and what the library keeps of a connection's output beyond it in one turn. */
    private static final int MOST_BEFORE_READING_BYTES = 256 << 10;

    private int sentBytes;
    private long sum;
    private int sentBeforeReadingBytes;
    private boolean asked;
    private boolean same;
    private boolean closedWell;

    boolean passed() {
        return same && closedWell && sentBeforeReadingBytes > 0 && sentBeforeReadingBytes < MOST_BEFORE_READING_BYTES;
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Void> ws, WsTx tx) {
        while (sentBytes < ALL_BYTES && tx.isReady()) {
            byte[] message = new byte[MESSAGE_BYTES];
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) (sentBytes + i);
                sum += message[i];
            }
            tx.write(WsOpcode.BINARY, WsPart.WHOLE, ByteBuffer.wrap(message));
            sentBytes += message.length;
        }
        if (sentBytes < ALL_BYTES) {
            ws.requestWriteable();
        } else if (!asked) {
            asked = true;
            tx.text("how much was it?");
        }
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        if (rx.text().equals("reading")) {
            sentBeforeReadingBytes = sentBytes;
            boolean held = sentBytes < MOST_BEFORE_READING_BYTES;
            System.out.println((held ? "held back" : "not held back") + " while the server read nothing");
        } else {
            same = rx.text().equals(sentBytes + " bytes, sum " + sum);
            System.out.println("server got " + rx.text() + (same ? ", as sent" : ", not as sent"));
            ws.close();
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        closedWell = info.code() == WsCloseCode.NORMAL;
    }
}
