package io.lws.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a proxy until it has connected, sans I/O. First {@link #greeting} goes out; then each call of {@link
 * #answer} reads what it can and says what goes out next.
 */
interface ProxyDialogue {
    /** Nothing to say: more must come first. */
    byte[] WAIT = {};

    byte[] greeting();

    /**
     * Reads from {@code in} and gives what to send, {@link #WAIT}, or null: connected, and what is left in {@code in} is
     * from the host. {@link io.lws.ProtocolException} for a no and for nonsense.
     */
    byte @Nullable [] answer(ByteBuffer in);

    static ProxyDialogue of(Proxy proxy, String host, int port) {
        return proxy.kind() == Proxy.Kind.SOCKS5
                ? new Socks5Dialogue(proxy, host, port)
                : new HttpConnectDialogue(proxy, host, port);
    }
}
