package io.lws.net;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * SOCKS 5 as a client (RFC 1928, RFC 1929):
 *
 * <pre>
 *  05 n methods...                  ->    <- 05 method
 *  01 n user n password             ->    <- 01 00               (method 02 only)
 *  05 01 00 03 n host port(2)       ->    <- 05 reply 00 type address port(2)
 * </pre>
 */
final class Socks5Dialogue implements ProxyDialogue {
    private static final byte VERSION = 5;
    private static final byte AUTH_VERSION = 1;
    private static final byte NO_AUTH = 0;
    private static final byte USER_PASSWORD = 2;
    private static final byte CONNECT = 1;
    private static final byte IPV4 = 1;
    private static final byte NAME = 3;
    private static final byte IPV6 = 4;
    private static final int MAX_NAME_BYTES = 255;
    private static final int BAD_GATEWAY = 502;

    private enum State {
        METHOD,
        AUTH,
        REPLY
    }

    private final Proxy proxy;
    private final byte[] host;
    private final int port;
    private State state = State.METHOD;

    Socks5Dialogue(Proxy proxy, String host, int port) {
        this.proxy = proxy;
        this.host = host.getBytes(StandardCharsets.ISO_8859_1);
        this.port = port;
        if (this.host.length == 0 || this.host.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("SOCKS takes host names of 1 to 255 bytes: " + host);
        }
    }

    @Override
    public byte[] greeting() {
        return proxy.credentials() == null
                ? new byte[] {VERSION, 1, NO_AUTH}
                : new byte[] {VERSION, 2, NO_AUTH, USER_PASSWORD};
    }

    @Override
    public byte @Nullable [] answer(ByteBuffer in) {
        return switch (state) {
            case METHOD -> in.remaining() < 2 ? WAIT : method(in.get(), in.get());
            case AUTH -> in.remaining() < 2 ? WAIT : authenticated(in.get(), in.get());
            case REPLY -> reply(in);
        };
    }

    private byte[] method(byte version, byte method) {
        if (version != VERSION) {
            throw bad("proxy does not speak SOCKS 5");
        }
        if (method == NO_AUTH) {
            state = State.REPLY;
            return request();
        }
        if (method != USER_PASSWORD || proxy.credentials() == null) {
            throw bad("proxy wants other credentials");
        }
        state = State.AUTH;
        byte[] user = proxy.userBytes();
        byte[] password = proxy.passwordBytes();
        return ByteBuffer.allocate(3 + user.length + password.length)
                .put(AUTH_VERSION)
                .put((byte) user.length)
                .put(user)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    private byte[] authenticated(byte version, byte status) {
        if (version != AUTH_VERSION || status != 0) {
            throw bad("proxy refuses the credentials");
        }
        state = State.REPLY;
        return request();
    }

    private byte[] request() {
        return ByteBuffer.allocate(7 + host.length)
                .put(VERSION)
                .put(CONNECT)
                .put((byte) 0)
                .put(NAME)
                .put((byte) host.length)
                .put(host)
                .putShort((short) port)
                .array();
    }

    private byte @Nullable [] reply(ByteBuffer in) {
        int at = in.position();
        if (in.remaining() < 5) {
            return WAIT;
        }
        if (in.get(at) != VERSION) {
            throw bad("proxy does not speak SOCKS 5");
        }
        if (in.get(at + 1) != 0) {
            throw bad("proxy cannot connect: " + reason(in.get(at + 1)));
        }
        int addressBytes = addressBytes(in.get(at + 3), in.get(at + 4) & 0xff);
        if (in.remaining() < 6 + addressBytes) {
            return WAIT;
        }
        in.position(at + 6 + addressBytes);
        return null;
    }

    private static int addressBytes(byte type, int firstByte) {
        return switch (type) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + firstByte;
            default -> throw bad("proxy answers with an address of no known kind");
        };
    }

    private static String reason(byte reply) {
        return switch (reply) {
            case 1 -> "general failure";
            case 2 -> "not allowed by its rules";
            case 3 -> "network unreachable";
            case 4 -> "host unreachable";
            case 5 -> "connection refused";
            case 6 -> "time to live expired";
            case 7 -> "command not supported";
            case 8 -> "kind of address not supported";
            default -> "reply " + (reply & 0xff);
        };
    }

    private static ProtocolException bad(String why) {
        return new ProtocolException(BAD_GATEWAY, why);
    }
}
