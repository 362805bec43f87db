package io.lws.ws;

import org.jspecify.annotations.Nullable;

/**
 * An extension of the protocol (RFC 6455 9): agrees on something in the opening handshake, and then makes of the payloads
 * of messages what goes on the wire, and back. Frames, fragments, bounds, UTF-8 and flow control stay with the session;
 * control frames go by untouched. Made known to a vhost, for its servers and clients alike, by {@link WsExtensions}.
 *
 * <p>Immutable; may be asked on any loop. permessage-deflate is one of these, made by {@link WsDeflate}.
 */
public interface WsExtension {
    /** The name in {@code Sec-WebSocket-Extensions}. */
    String name();

    /** What a client offers. */
    WsExtensionTerms offer();

    /**
     * What a server agrees to, given one offer of this {@link #name}; null to pass over it, as if it had not been made,
     * which is also right for parameters that make no sense. A client's offers come in its order of preference.
     */
    @Nullable
    WsAgreement answer(WsExtensionTerms offer);

    /**
     * What a server's answer to {@link #offer} means for the client. {@code ProtocolException} with {@link
     * WsCloseCode#MANDATORY_EXTENSION} for an answer that no such offer can lead to.
     */
    WsAgreement accepted(WsExtensionTerms answer);
}
