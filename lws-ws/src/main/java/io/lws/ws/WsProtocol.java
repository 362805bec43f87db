package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.Protocol;
import io.lws.Verdict;
import io.lws.http.HttpRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that speaks WebSocket messages (RFC 6455). It takes messages in one of two forms: as they arrive, piece by
 * piece, by overriding {@link #onReceive}; or put together up to {@link WsLimits#wholeMessageBytes}, by overriding {@link
 * #onMessage}. Pings are answered, close frames exchanged and text checked before a protocol hears of anything. The
 * contract of the callbacks is {@link Protocol}'s.
 */
public interface WsProtocol<S extends @Nullable Object> extends Protocol<S> {
    /**
     * Somebody asks for this protocol and has asked correctly (lws: FILTER_PROTOCOL_CONNECTION). {@code pss} is the state
     * the session will have, so what matters of {@code request}, which is only lent, can be put there.
     */
    default Verdict onUpgrade(HttpRequest request, S pss) {
        return Verdict.ACCEPT;
    }

    /** The WebSocket is open (lws: ESTABLISHED). */
    default void onEstablished(WsSession<S> ws) {}

    /** A piece of a message (lws: RECEIVE). {@code rx} is lent. The default puts pieces together for {@link #onMessage}. */
    default void onReceive(WsSession<S> ws, WsFragment rx) {
        ws.assemble(rx);
    }

    /** A whole message. {@code rx} is lent. */
    default void onMessage(WsSession<S> ws, WsFragment rx) {}

    /** The peer takes output (lws: SERVER_WRITEABLE). {@code tx} is lent. */
    default void onWriteable(WsSession<S> ws, WsTx tx) {}

    /** An answer to a ping, or a pong nobody asked for (lws: RECEIVE_PONG). {@code payload} is lent. */
    default void onPong(WsSession<S> ws, ByteBuffer payload) {}

    /**
     * The peer has begun to close (lws: WS_PEER_INITIATED_CLOSE); its close frame is answered with the same code when
     * this returns.
     *
     * @param code what it sent, {@link WsCloseCode#NO_STATUS} where it sent none
     */
    default void onPeerClose(WsSession<S> ws, int code, String reason) {}

    /** The end, the last call a session gets (lws: CLOSED). {@code info.code()} is a {@link WsCloseCode}. */
    default void onClosed(WsSession<S> ws, CloseInfo info) {}
}
