package io.lws.plugins.mirror;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.ws.WsCloseCode;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives each message to everybody in its sender's room, in one order, and to a newcomer what was drawn before. */
final class MirrorProtocol implements WsProtocol<Seat> {
    private static final Log LOG = Log.of("plugin.mirror");
    private static final int MOST_BYTES = 1024;
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{0,32}");
    private static final int BAD_REQUEST = 400;

    private final Rooms rooms;

    MirrorProtocol(Vhost vhost, ProtocolOptions options) {
        rooms = new Rooms(
                options.integer("max-rooms", 64),
                options.integer("ring-depth", 1024),
                options.millis("laggard-ms", Duration.ofSeconds(3)));
    }

    @Override
    public Seat newPss() {
        return new Seat();
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Seat seat) {
        String name = request.target().queryParams().get("mirror");
        if (name != null && !ROOM.matcher(name).matches()) {
            return Verdict.reject(BAD_REQUEST, "a room's name has at most 32 letters, digits, - and _");
        }
        seat.roomName = name == null ? "" : name;
        return Verdict.ACCEPT;
    }

    @Override
    public void onEstablished(WsSession<Seat> ws) {
        if (!rooms.join(ws)) {
            ws.close(WsCloseCode.TRY_AGAIN_LATER, "too many rooms");
        }
    }

    @Override
    public void onMessage(WsSession<Seat> ws, WsFragment rx) {
        if (rx.isBinary()) {
            ws.close(WsCloseCode.UNSUPPORTED_DATA, "text is wanted");
        } else if (rx.lengthBytes() > MOST_BYTES) {
            ws.close(WsCloseCode.TOO_BIG, "a message has at most " + MOST_BYTES + " bytes");
        } else {
            hand(ws, rx);
        }
    }

    private static void hand(WsSession<Seat> ws, WsFragment rx) {
        Reader reader = ws.pss().reader;
        WsMessage message = Drawing.isClean(rx.payload()) ? rx.toMessage() : withoutNonsense(ws, rx);
        if (reader != null && message != null) {
            reader.handOver(message);
        }
    }

    /** What is left of a message with malformed commands in it, or {@code null} for nothing. */
    private static @Nullable WsMessage withoutNonsense(WsSession<Seat> ws, WsFragment rx) {
        ByteBuffer copy =
                ByteBuffer.allocate(rx.lengthBytes()).put(rx.payload()).flip();
        int dropped = Drawing.purge(copy);
        if (LOG.debugging()) {
            LOG.debug(ws.tag(), dropped + " malformed commands dropped");
        }
        if (!copy.hasRemaining()) {
            return null;
        }
        return WsMessage.text(StandardCharsets.US_ASCII.decode(copy).toString());
    }

    @Override
    public void onWriteable(WsSession<Seat> ws, WsTx tx) {
        Reader reader = ws.pss().reader;
        if (reader != null) {
            reader.write(tx);
        }
    }

    @Override
    public void onClosed(WsSession<Seat> ws, CloseInfo info) {
        rooms.leave(ws.pss());
    }
}
