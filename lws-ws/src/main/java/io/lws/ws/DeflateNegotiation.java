package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What permessage-deflate comes to between two ends (RFC 7692 7.1): {@code outgoing} is for what this end sends, {@code
 * element} what goes into, or came from, the answer. An offer with a parameter that is unknown, doubled or out of range
 * is passed over, as if it had not been made.
 */
record DeflateNegotiation(WsExtensionTerms element, DeflateTerms outgoing, DeflateTerms incoming) {
    static final String NAME = "permessage-deflate";

    private static final String SERVER_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";

    /** The four parameters as one element has them; a window of 0 = not named, -1 = named without value. */
    private record Parameters(ContextTakeover server, ContextTakeover client, int serverWindow, int clientWindow) {

        static final int ABSENT = 0;
        static final int WITHOUT_VALUE = -1;

        /** Null where a parameter is not one of the four, doubled, or has a value that it may not have. */
        static @Nullable Parameters of(WsExtensionTerms element) {
            ContextTakeover server = ContextTakeover.KEPT;
            ContextTakeover client = ContextTakeover.KEPT;
            int serverWindow = ABSENT;
            int clientWindow = ABSENT;
            List<String> seen = new ArrayList<>();
            for (WsExtensionTerms.Parameter each : element.parameters()) {
                if (seen.contains(each.name()) || !isLegal(each)) {
                    return null;
                }
                seen.add(each.name());
                switch (each.name()) {
                    case SERVER_TAKEOVER -> server = ContextTakeover.NONE;
                    case CLIENT_TAKEOVER -> client = ContextTakeover.NONE;
                    case SERVER_WINDOW -> serverWindow = bits(each.value());
                    default -> clientWindow = bits(each.value());
                }
            }
            return new Parameters(server, client, serverWindow, clientWindow);
        }

        private static boolean isLegal(WsExtensionTerms.Parameter parameter) {
            String value = parameter.value();
            return switch (parameter.name()) {
                case SERVER_TAKEOVER, CLIENT_TAKEOVER -> value == null;
                case SERVER_WINDOW -> value != null && bits(value) != ABSENT;
                case CLIENT_WINDOW -> bits(value) != ABSENT;
                default -> false;
            };
        }

        /** 8 to 15 as decimal digits without a leading zero. */
        private static int bits(@Nullable String value) {
            if (value == null) {
                return WITHOUT_VALUE;
            }
            for (int bits = DeflateTerms.MIN_WINDOW_BITS; bits <= DeflateTerms.MAX_WINDOW_BITS; bits++) {
                if (value.equals(Integer.toString(bits))) {
                    return bits;
                }
            }
            return ABSENT;
        }

        static int window(int named) {
            return named > 0 ? named : DeflateTerms.MAX_WINDOW_BITS;
        }
    }

    /** What a server makes of an offer, or null where it makes no sense. */
    static @Nullable DeflateNegotiation answer(WsExtensionTerms offer, WsDeflate wish) {
        Parameters asked = Parameters.of(offer);
        return asked == null ? null : answer(asked, wish);
    }

    private static DeflateNegotiation answer(Parameters asked, WsDeflate wish) {
        ContextTakeover server = either(asked.server(), wish.ownTakeover());
        ContextTakeover client = either(asked.client(), wish.takeover());
        int serverWindow = Parameters.window(asked.serverWindow());
        int clientWindow = asked.clientWindow() == Parameters.ABSENT
                ? DeflateTerms.MAX_WINDOW_BITS
                : Math.min(Parameters.window(asked.clientWindow()), wish.windowBits());
        List<WsExtensionTerms.Parameter> parameters = new ArrayList<>();
        addTakeover(parameters, SERVER_TAKEOVER, server);
        addTakeover(parameters, CLIENT_TAKEOVER, client);
        if (asked.serverWindow() != Parameters.ABSENT) {
            parameters.add(window(SERVER_WINDOW, serverWindow));
        }
        if (clientWindow != DeflateTerms.MAX_WINDOW_BITS) {
            parameters.add(window(CLIENT_WINDOW, clientWindow));
        }
        return new DeflateNegotiation(
                new WsExtensionTerms(NAME, parameters),
                new DeflateTerms(server, serverWindow),
                new DeflateTerms(client, clientWindow));
    }

    /** What a client offers; it can keep to any window, and says so. */
    static WsExtensionTerms offer(WsDeflate wish) {
        List<WsExtensionTerms.Parameter> parameters = new ArrayList<>();
        addTakeover(parameters, SERVER_TAKEOVER, wish.takeover().wire);
        addTakeover(parameters, CLIENT_TAKEOVER, wish.ownTakeover().wire);
        if (wish.windowBits() != DeflateTerms.MAX_WINDOW_BITS) {
            parameters.add(window(SERVER_WINDOW, wish.windowBits()));
        }
        parameters.add(new WsExtensionTerms.Parameter(CLIENT_WINDOW, null));
        return new WsExtensionTerms(NAME, parameters);
    }

    /** What a server's answer to {@link #offer} means. {@link ProtocolException} 1010 where no offer can lead to it. */
    static DeflateNegotiation accepted(WsExtensionTerms answer, WsDeflate offered) {
        Parameters agreed = Parameters.of(answer);
        if (agreed == null) {
            throw notOffered();
        }
        int serverWindow = Parameters.window(agreed.serverWindow());
        boolean ignored = agreed.clientWindow() == Parameters.WITHOUT_VALUE
                || serverWindow > offered.windowBits()
                || agreed.server() == ContextTakeover.KEPT && offered.takeover() == WsDeflate.Takeover.NONE;
        if (ignored) {
            throw notOffered();
        }
        return new DeflateNegotiation(
                answer,
                new DeflateTerms(
                        either(agreed.client(), offered.ownTakeover()), Parameters.window(agreed.clientWindow())),
                new DeflateTerms(agreed.server(), serverWindow));
    }

    private static ProtocolException notOffered() {
        return new ProtocolException(WsCloseCode.MANDATORY_EXTENSION, "extensions answered that were not offered so");
    }

    private static ContextTakeover either(ContextTakeover asked, WsDeflate.Takeover wish) {
        return asked == ContextTakeover.NONE ? asked : wish.wire;
    }

    private static void addTakeover(
            List<WsExtensionTerms.Parameter> parameters, String name, ContextTakeover takeover) {
        if (takeover == ContextTakeover.NONE) {
            parameters.add(new WsExtensionTerms.Parameter(name, null));
        }
    }

    private static WsExtensionTerms.Parameter window(String name, int bits) {
        return new WsExtensionTerms.Parameter(name, Integer.toString(bits));
    }
}
