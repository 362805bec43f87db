package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Topics;
import io.lws.mqtt.packet.Will;
import io.lws.mqtt.store.InFlightStore;
import io.lws.net.Proxy;
import io.lws.net.Resolver;
import io.lws.policy.RetryPolicy;
import io.lws.policy.ValidityPolicy;
import io.lws.tls.TlsClientConfig;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which broker, who we are, and the bounds of a session.
 *
 * @param address goes before host and port where it is there; a unix socket, for one
 * @param tls {@code null} = plain TCP
 * @param proxy connects to the broker for us, and looks its name up
 * @param webSocketPath {@code null} = MQTT right on the connection, else over a WebSocket that is asked for there
 * @param cleanStart the broker forgets what it knows of us, at the first connection
 * @param sessionExpiry how long the broker keeps the session without a connection; MQTT 3.1.1 knows only none or for ever
 * @param birth published after each connection is taken
 * @param keepAlive silence after which the broker is asked for a sign of life, and after which it is given up
 * @param maxPacketBytes a longer packet of the broker's ends the connection with 0x95
 * @param maxTopicChars a longer topic of the broker's ends the connection with 0x90
 * @param receiveMaximum QoS 2 messages the broker may have under way to us (5.0)
 * @param inFlightMaximum our messages under way to the broker at a time; it may allow fewer
 * @param maxQueuedMessages messages taken and not done; beyond it {@code publish} says FULL
 * @param maxQueuedBytes the same in bytes of payload
 * @param store {@code null} = in memory, for each session that is opened with these options its own
 * @param topicAliasMaximum topics we let the broker abbreviate, and abbreviate ourselves where it lets us (5.0)
 */
public record MqttOptions(
        String host,
        int port,
        @Nullable SocketAddress address,
        @Nullable TlsClientConfig tls,
        @Nullable Proxy proxy,
        @Nullable String webSocketPath,
        Resolver resolver,
        MqttVersion version,
        String clientId,
        boolean cleanStart,
        Duration sessionExpiry,
        @Nullable String user,
        @Nullable ByteBuffer password,
        @Nullable Will will,
        @Nullable MqttMessage birth,
        MqttProperties connectProperties,
        @Nullable MqttAuthenticator authenticator,
        ValidityPolicy keepAlive,
        RetryPolicy retry,
        Duration connectTimeout,
        int maxPacketBytes,
        int maxTopicChars,
        int receiveMaximum,
        int inFlightMaximum,
        int maxQueuedMessages,
        long maxQueuedBytes,
        int topicAliasMaximum,
        @Nullable InFlightStore store) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;
    private static final int MAX_PORT = 65535;

    /** To {@code host} on the usual port, until told otherwise. */
    public static Builder builder(String host) {
        return new Builder(host);
    }

    /** Tells nobody the password. */
    @Override
    public String toString() {
        return "MqttOptions[" + host + ":" + port + ", " + version + ", " + clientId + "]";
    }

    /** Collects options; every call may be left out. One thread. */
    public static final class Builder {
        private final String host;
        private int port;
        private @Nullable SocketAddress address;
        private @Nullable TlsClientConfig tls;
        private @Nullable Proxy proxy;
        private @Nullable String webSocketPath;
        private Resolver resolver = Resolver.system();
        private MqttVersion version = MqttVersion.V5;
        private String clientId = "lws-" + UUID.randomUUID().toString().substring(0, 18);
        private boolean cleanStart = true;
        private Duration sessionExpiry = Duration.ZERO;
        private @Nullable String user;
        private @Nullable ByteBuffer password;
        private @Nullable Will will;
        private @Nullable MqttMessage birth;
        private MqttProperties connectProperties = MqttProperties.NONE;
        private @Nullable MqttAuthenticator authenticator;
        private ValidityPolicy keepAlive = ValidityPolicy.DEFAULT;
        private RetryPolicy retry = RetryPolicy.DEFAULT;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private int maxPacketBytes = 256 << 10;
        private int maxTopicChars = 65535;
        private int receiveMaximum = 1024;
        private int inFlightMaximum = 1024;
        private int maxQueuedMessages = 16_384;
        private long maxQueuedBytes = 64 << 20;
        private int topicAliasMaximum = 16;
        private @Nullable InFlightStore store;

        private Builder(String host) {
            this.host = host;
        }

        /** 0 = the usual one. */
        public Builder port(int value) {
            if (value < 0 || value > MAX_PORT) {
                throw new IllegalArgumentException("no port: " + value);
            }
            port = value;
            return this;
        }

        public Builder unixSocket(Path path) {
            address = UnixDomainSocketAddress.of(path);
            return this;
        }

        /** Over TLS; the broker's certificate is checked for the host's name. */
        public Builder tls(TlsClientConfig config) {
            tls = config;
            return this;
        }

        /** By way of a SOCKS 5 or an HTTP proxy. */
        public Builder proxy(Proxy value) {
            proxy = value;
            return this;
        }

        /**
         * Over a WebSocket of the subprotocol {@code mqtt}, asked for at {@code path} ({@code /mqtt} is usual), with TLS
         * where that is set. Needs the module {@code io.lws.ws}; its bounds are options of the session's vhost.
         */
        public Builder webSocket(String path) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with a slash: " + path);
            }
            webSocketPath = path;
            return this;
        }

        public Builder resolver(Resolver value) {
            resolver = value;
            return this;
        }

        public Builder version(MqttVersion value) {
            version = value;
            return this;
        }

        /** Empty = the broker assigns one (5.0). The default is made up. */
        public Builder clientId(String value) {
            clientId = Topics.requireText(value);
            return this;
        }

        /** The broker keeps the session for {@code expiry} without a connection, and goes on with one it knows. */
        public Builder keepSession(Duration expiry) {
            if (expiry.isNegative()) {
                throw new IllegalArgumentException("a session cannot be kept for " + expiry);
            }
            cleanStart = false;
            sessionExpiry = expiry;
            return this;
        }

        /** Makes the broker forget the session it knows at the first connection. */
        public Builder cleanStart(boolean value) {
            cleanStart = value;
            return this;
        }

        public Builder user(String name, String secret) {
            user = Topics.requireText(name);
            password = ByteBuffer.wrap(Topics.requireText(secret).getBytes(StandardCharsets.UTF_8))
                    .asReadOnlyBuffer();
            return this;
        }

        public Builder will(Will value) {
            will = value;
            return this;
        }

        /** Published after each connection is taken: the counterpart of the will. */
        public Builder birth(MqttMessage value) {
            birth = value;
            return this;
        }

        /**
         * More properties for CONNECT (5.0), behind those that this client sets itself by its other options.
         *
         * @throws IllegalArgumentException for one of those, and for what a CONNECT does not have
         */
        public Builder connectProperties(MqttProperties value) {
            ConnectProperties.requireOthers(value);
            connectProperties = value;
            return this;
        }

        public Builder authenticator(MqttAuthenticator value) {
            authenticator = value;
            return this;
        }

        public Builder keepAlive(ValidityPolicy value) {
            keepAlive = value;
            return this;
        }

        public Builder retry(RetryPolicy value) {
            retry = value;
            return this;
        }

        /** For the connection and the answer to CONNECT, each. */
        public Builder connectTimeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("connectTimeout must be positive: " + value);
            }
            connectTimeout = value;
            return this;
        }

        public Builder maxPacketBytes(int value) {
            maxPacketBytes = atLeastOne("maxPacketBytes", value);
            return this;
        }

        public Builder maxTopicChars(int value) {
            maxTopicChars = atLeastOne("maxTopicChars", value);
            return this;
        }

        public Builder receiveMaximum(int value) {
            receiveMaximum = identifiers("receiveMaximum", value);
            return this;
        }

        public Builder inFlightMaximum(int value) {
            inFlightMaximum = identifiers("inFlightMaximum", value);
            return this;
        }

        public Builder maxQueued(int messages, long payloadBytes) {
            maxQueuedMessages = identifiers("maxQueuedMessages", messages);
            if (payloadBytes < 1) {
                throw new IllegalArgumentException("maxQueuedBytes must be above 0, not " + payloadBytes);
            }
            maxQueuedBytes = payloadBytes;
            return this;
        }

        public Builder topicAliasMaximum(int value) {
            topicAliasMaximum = value == 0 ? 0 : identifiers("topicAliasMaximum", value);
            return this;
        }

        /** What is under way is kept in {@code value}, which serves this session alone and is closed with it. */
        public Builder store(InFlightStore value) {
            store = value;
            return this;
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be above 0, not " + value);
            }
            return value;
        }

        /** There are 65535 packet identifiers. */
        private static int identifiers(String name, int value) {
            if (value > 65535) {
                throw new IllegalArgumentException(name + " must be at most 65535, not " + value);
            }
            return atLeastOne(name, value);
        }

        private int usualPort() {
            if (webSocketPath != null) {
                return tls == null ? WS_PORT : WSS_PORT;
            }
            return tls == null ? PORT : TLS_PORT;
        }

        public MqttOptions build() {
            if (proxy != null && address != null) {
                throw new IllegalArgumentException("a proxy cannot reach a unix socket");
            }
            if (authenticator != null && !version.isV5()) {
                throw new IllegalArgumentException("MQTT 3.1.1 has no enhanced authentication");
            }
            if (clientId.isEmpty() && !version.isV5() && !cleanStart) {
                throw new IllegalArgumentException("a kept session needs a client identifier in MQTT 3.1.1");
            }
            return new MqttOptions(
                    host,
                    port == 0 ? usualPort() : port,
                    address,
                    tls,
                    proxy,
                    webSocketPath,
                    resolver,
                    version,
                    clientId,
                    cleanStart,
                    sessionExpiry,
                    user,
                    password,
                    will,
                    birth,
                    connectProperties,
                    authenticator,
                    keepAlive,
                    retry,
                    connectTimeout,
                    maxPacketBytes,
                    maxTopicChars,
                    receiveMaximum,
                    inFlightMaximum,
                    maxQueuedMessages,
                    maxQueuedBytes,
                    topicAliasMaximum,
                    store);
        }
    }
}
