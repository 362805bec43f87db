package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.Protocol;
import io.lws.ProtocolException;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.Mount;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's side of the opening handshake: from a request to a {@link WsConnection} (RFC 6455 4.2, RFC 8441 5). */
public final class WsUpgrade implements HttpUpgrade {
    private static final Log LOG = Log.of("lws.ws");
    private static final Headers ONLY_13 =
            Headers.of("Upgrade", "websocket", "Sec-WebSocket-Version", WsHandshake.VERSION);

    /** For {@link java.util.ServiceLoader}. */
    public WsUpgrade() {}

    @Override
    public String token() {
        return "websocket";
    }

    @Override
    public boolean isServedBy(Vhost vhost) {
        return vhost.defaultProtocol(WsProtocol.class) != null;
    }

    @Override
    public UpgradeAnswer answer(UpgradeRequest asked) {
        if (!isServedBy(asked.vhost())) {
            return new UpgradeAnswer.Ignore();
        }
        HttpRequest request = asked.request();
        WsHandshake handshake;
        try {
            handshake = request.version() == HttpVersion.HTTP_2
                    ? WsHandshake.ofStream(request::headers)
                    : WsHandshake.of(
                            request.method().toString(), request.version().toString(), request::headers);
        } catch (ProtocolException e) {
            return refuse(e.code(), e.reason());
        }
        WsOrigins origins = asked.vhost().option(WsOrigins.class, WsOrigins.defaults());
        if (!origins.permits(request.headers("Origin"), request.authority())) {
            return refuse(HttpStatus.FORBIDDEN, "pages from elsewhere may not connect");
        }
        String subprotocol = subprotocol(asked.vhost(), handshake.subprotocols());
        if (handshake.subprotocols().isEmpty()
                && asked.vhost().option(WsNamelessUpgrades.class, WsNamelessUpgrades.ALLOW)
                        == WsNamelessUpgrades.REFUSE) {
            return refuse(HttpStatus.BAD_REQUEST, "a subprotocol must be asked for");
        }
        WsProtocol<?> protocol = subprotocol.isEmpty()
                ? withoutSubprotocol(asked.vhost(), asked.mount())
                : ws(asked.vhost().protocol(subprotocol));
        if (protocol == null
                || subprotocol.isEmpty() && !handshake.subprotocols().isEmpty()) {
            return refuse(HttpStatus.BAD_REQUEST, "none of the subprotocols asked for is spoken here");
        }
        return bind(asked, handshake, subprotocol, protocol);
    }

    private static <S extends @Nullable Object> UpgradeAnswer bind(
            UpgradeRequest asked, WsHandshake handshake, String subprotocol, WsProtocol<S> protocol) {
        S pss;
        Verdict verdict;
        try {
            pss = protocol.newPss();
            verdict = protocol.onUpgrade(asked.request(), pss);
        } catch (RuntimeException e) {
            LOG.error(asked.connection().tag(), "onUpgrade threw; the upgrade is refused", e);
            return refuse(HttpStatus.INTERNAL_SERVER_ERROR, "");
        }
        if (!verdict.accepted()) {
            return refuse(verdict.status(), verdict.reason());
        }
        Headers.Builder headers = Headers.builder();
        if (!handshake.accept().isEmpty()) {
            headers.add("Upgrade", "websocket").add("Sec-WebSocket-Accept", handshake.accept());
        }
        WsAgreement extension = WsExtensions.answer(WsExtensions.of(asked.vhost()), handshake.extensions());
        if (extension != null) {
            headers.add("Sec-WebSocket-Extensions", extension.answer().toString());
        }
        if (!subprotocol.isEmpty()) {
            headers.add("Sec-WebSocket-Protocol", subprotocol);
        }
        WsAddressCap cap = asked.vhost().option(WsAddressCap.class);
        SocketAddress from = asked.connection().transport().remoteAddress();
        if (cap != null && !cap.take(from)) {
            return refuse(HttpStatus.TOO_MANY_REQUESTS, "too many WebSockets from this address");
        }
        Consumer<CloseInfo> afterClosed = cap == null ? null : info -> cap.give(from);
        return new UpgradeAnswer.Accept(headers.build(), connection -> {
            try {
                return WsConnection.server(
                        connection, asked.vhost(), protocol, pss, subprotocol, extension, afterClosed);
            } catch (RuntimeException | Error e) {
                if (afterClosed != null) {
                    afterClosed.accept(CloseInfo.callback(e)); // an extension's: there is no session to end
                }
                throw e;
            }
        });
    }

    private static UpgradeAnswer refuse(int status, String reason) {
        return new UpgradeAnswer.Refuse(
                status, status == WsHandshake.UPGRADE_REQUIRED ? ONLY_13 : Headers.EMPTY, reason);
    }

    /** The first the client names that speaks ws here, or empty. */
    private static String subprotocol(Vhost vhost, List<String> offered) {
        for (String name : offered) {
            if (ws(vhost.protocol(name)) != null) {
                return ownName(vhost, name);
            }
        }
        return "";
    }

    /** The vhost's own string, so that a session keeps no copy. */
    private static String ownName(Vhost vhost, String name) {
        for (String own : vhost.protocolNames()) {
            if (own.equals(name)) {
                return own;
            }
        }
        return name;
    }

    /** A callback mount's protocol if it speaks ws, else the vhost's default one. */
    private static @Nullable WsProtocol<?> withoutSubprotocol(Vhost vhost, @Nullable Mount mount) {
        WsProtocol<?> mounted =
                mount != null && mount.kind() == Mount.Kind.CALLBACK ? ws(vhost.protocol(mount.target())) : null;
        return mounted != null ? mounted : vhost.defaultProtocol(WsProtocol.class);
    }

    private static @Nullable WsProtocol<?> ws(@Nullable Protocol<?> protocol) {
        return protocol instanceof WsProtocol<?> ws ? ws : null;
    }
}
