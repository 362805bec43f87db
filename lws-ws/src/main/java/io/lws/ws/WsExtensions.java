package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.VhostOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a vhost, in order; behind them comes the {@link WsDeflate} that is an option by itself. A connection has
 * at most one: a server takes the first offer that one of these agrees to, a client offers them all and hangs up on a
 * server that takes several. Two may have one name; the answer is then that one's which understands it.
 */
public record WsExtensions(List<WsExtension> own) implements VhostOption {
    private static final WsExtensions NONE = new WsExtensions(List.of());

    public WsExtensions {
        own = List.copyOf(own);
    }

    public static WsExtensions of(WsExtension... own) {
        return new WsExtensions(List.of(own));
    }

    /** All that {@code vhost} has. */
    static List<WsExtension> of(Vhost vhost) {
        List<WsExtension> own = vhost.option(WsExtensions.class, NONE).own();
        WsDeflate deflate = vhost.option(WsDeflate.class);
        if (deflate == null) {
            return own;
        }
        List<WsExtension> all = new ArrayList<>(own);
        all.add(deflate.extension());
        return List.copyOf(all);
    }

    /** The server's choice, or null. */
    static @Nullable WsAgreement answer(List<WsExtension> ours, List<WsExtensionTerms> offers) {
        for (WsExtensionTerms offer : offers) {
            for (WsExtension each : ours) {
                WsAgreement agreed = each.name().equals(offer.name()) ? each.answer(offer) : null;
                if (agreed != null) {
                    return agreed;
                }
            }
        }
        return null;
    }

    /** The field's value for what a client offers. */
    static String offer(List<WsExtension> ours) {
        return ours.stream().map(each -> each.offer().toString()).collect(Collectors.joining(", "));
    }

    /**
     * What a server's answer means for a client that has offered {@code ours}; null when it has taken none. {@link
     * ProtocolException} 1010 for anything that was not offered.
     */
    static @Nullable WsAgreement accepted(List<WsExtension> ours, List<WsExtensionTerms> answers) {
        if (answers.isEmpty()) {
            return null;
        }
        WsExtensionTerms answer = answers.get(0);
        ProtocolException refused =
                new ProtocolException(WsCloseCode.MANDATORY_EXTENSION, "extensions answered that were not offered so");
        for (WsExtension each : ours) {
            if (answers.size() == 1 && each.name().equals(answer.name())) {
                try {
                    return each.accepted(answer);
                } catch (ProtocolException e) {
                    refused = e;
                }
            }
        }
        throw refused;
    }
}
