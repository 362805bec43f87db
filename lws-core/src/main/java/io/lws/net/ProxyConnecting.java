package io.lws.net;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The first role of a connection by way of a proxy: asks it to connect, then makes way for who talks to the host. */
public final class ProxyConnecting implements RoleConnection {
    /** Who goes on. One of the two is called, once. */
    public interface Next {
        /** Gives the role that goes on. */
        RoleConnection onThrough(Connection connection);

        /** The connection ended before that; a refusal of the proxy's is of {@code PROTOCOL}. */
        void onFailed(CloseInfo info);
    }

    private enum State {
        NEW,
        TALKING,
        THROUGH
    }

    private final Connection connection;
    private final ProxyDialogue dialogue;
    private final Duration timeout;
    private final Next next;
    private State state = State.NEW;

    private ProxyConnecting(Connection connection, ProxyDialogue dialogue, Duration timeout, Next next) {
        this.connection = connection;
        this.dialogue = dialogue;
        this.timeout = timeout;
        this.next = next;
    }

    /** As the other; a proxy that is to be met over TLS must have a certificate the platform trusts. */
    public static Connection.RoleFactory through(Proxy proxy, String host, int port, Duration timeout, Next next) {
        return through(proxy, TlsClientConfig.DEFAULT, host, port, timeout, next);
    }

    /**
     * For a connection to {@code proxy} that is to end up at {@code host}. The proxy's answer may take {@code timeout};
     * {@code tls} is for the way to the proxy, where that is over TLS.
     */
    public static Connection.RoleFactory through(
            Proxy proxy, TlsClientConfig tls, String host, int port, Duration timeout, Next next) {
        Connection.RoleFactory asking = connection -> {
            connection.requestWriteable();
            return new ProxyConnecting(connection, ProxyDialogue.of(proxy, host, port), timeout, next);
        };
        return proxy.kind() == Proxy.Kind.HTTPS
                ? TlsUpgrade.connecting(tls, proxy.host(), proxy.port(), new Secured(asking, next))
                : asking;
    }

    /** TLS with the proxy comes first. */
    private record Secured(Connection.RoleFactory then, Next next) implements TlsUpgrade.Next {
        @Override
        public RoleConnection onSecured(Connection connection, TlsInfo info) {
            return then.make(connection);
        }

        @Override
        public void onFailed(CloseInfo info) {
            next.onFailed(info);
        }
    }

    @Override
    public String roleName() {
        return "proxy";
    }

    @Override
    public void onWriteable() {
        if (state == State.NEW) {
            state = State.TALKING;
            say(dialogue.greeting());
            connection.setTimeout(TimeoutReason.AWAITING_CONNECT, timeout.toNanos());
        }
    }

    private void say(byte[] words) {
        connection.write(words, 0, words.length);
    }

    @Override
    public void onReadable(ByteBuffer in) {
        while (true) {
            byte[] words = dialogue.answer(in);
            if (words == null) {
                state = State.THROUGH;
                connection.replaceRole(next.onThrough(connection));
                return;
            }
            if (words.length == 0) {
                return;
            }
            say(words);
        }
    }

    @Override
    public void onPeerFin() {
        connection.abort(CloseInfo.peer(0, "proxy hung up"));
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.abort(CloseInfo.timeout("proxy does not answer"));
    }

    @Override
    public void onDrain() {
        connection.abort(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        if (state != State.THROUGH) {
            next.onFailed(info);
        }
    }
}
