package io.lws;

import io.lws.net.Listener;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsConfig;
import io.lws.tls.VhostTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A named server (or the client side of one): where it listens, which protocols it binds, what is mounted on it. Vhosts
 * with the same listening address share the socket and are told apart by name.
 *
 * <p>Made by {@link #builder}, immutable but for the protocol instances, which come into being when its one {@link
 * Context} is built. Safe for any thread after that.
 */
public final class Vhost {
    private final String name;
    private final @Nullable SocketAddress listenAddress;
    private final @Nullable String acceptRole;
    private final List<MountPoint> mounts;
    private final Map<Class<? extends VhostOption>, VhostOption> options;
    private final Map<String, Declared> declared;
    private Map<String, Protocol<?>> bound = Map.of();
    private @Nullable Context context;
    private @Nullable VhostTls tls;

    private record Declared(ProtocolFactory factory, ProtocolOptions options) {}

    private Vhost(Builder from) {
        name = from.name;
        acceptRole = from.acceptRole;
        mounts = List.copyOf(from.mounts);
        options = Map.copyOf(from.options);
        SocketAddress address = from.listenAddress;
        listenAddress = address == null
                ? null
                : option(IpFamilies.class, IpFamilies.BOTH).listening(address);
        declared = Collections.unmodifiableMap(new LinkedHashMap<>(from.declared));
    }

    /** {@code name} is what clients call it: the host of their URLs. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /** Where it listens, or {@code null} for one that only makes connections. Port 0 here stays 0: see {@link #port}. */
    public @Nullable SocketAddress listenAddress() {
        return listenAddress;
    }

    /** The role new connections start in, or {@code null} for the highest that can. */
    public @Nullable String acceptRole() {
        return acceptRole;
    }

    /** In the order added. */
    public List<MountPoint> mounts() {
        return mounts;
    }

    /** The option of that class, or {@code fallback}. */
    public <T extends VhostOption> T option(Class<T> type, T fallback) {
        T option = option(type);
        return option == null ? fallback : option;
    }

    /** The option of that class, or {@code null} where it was not given. */
    public <T extends VhostOption> @Nullable T option(Class<T> type) {
        return type.cast(options.get(type));
    }

    /** In the order added; the first is the default protocol. */
    public Set<String> protocolNames() {
        return declared.keySet();
    }

    /** What {@link Builder#protocol} was given for {@code name}. */
    private ProtocolOptions protocolOptions(String name) {
        Declared one = declared.get(name);
        return one == null ? ProtocolOptions.NONE : one.options;
    }

    /** The instance bound under {@code name}, or {@code null}; there is none before the context is built. */
    public @Nullable Protocol<?> protocol(String name) {
        return bound.get(name);
    }

    /** The name {@code protocol} is bound under here, or {@code fallback}. */
    public String protocolName(Protocol<?> protocol, String fallback) {
        for (Map.Entry<String, Protocol<?>> each : bound.entrySet()) {
            if (each.getValue() == protocol) {
                return each.getKey();
            }
        }
        return fallback;
    }

    /** The bound instances in the order declared. */
    public Map<String, Protocol<?>> protocols() {
        return bound;
    }

    /** The first bound protocol of that kind whose options say {@code default}, else the first of that kind. */
    public <P> @Nullable P defaultProtocol(Class<P> kind) {
        P first = null;
        for (Map.Entry<String, Protocol<?>> each : bound.entrySet()) {
            if (kind.isInstance(each.getValue())) {
                P candidate = kind.cast(each.getValue());
                if (protocolOptions(each.getKey()).bool("default", false)) {
                    return candidate;
                }
                first = first == null ? candidate : first;
            }
        }
        return first;
    }

    /** @throws IllegalStateException before the context is built */
    public Context context() {
        if (context == null) {
            throw new IllegalStateException("vhost " + name + " belongs to no context yet");
        }
        return context;
    }

    /** TLS of what it serves; {@code null} for plain text, and before the context is built. */
    public @Nullable VhostTls tls() {
        return tls;
    }

    /**
     * New connections are shown these certificates instead; those there are keep what they have. Any thread.
     *
     * @throws IllegalStateException on a vhost without TLS
     */
    public void updateCertificate(KeyMaterial... replacements) {
        VhostTls served = tls;
        if (served == null) {
            throw new IllegalStateException("vhost " + name + " has no TLS");
        }
        served.updateCertificate(List.of(replacements));
    }

    /** The TCP port it really listens on; -1 when it does not. */
    public int port() {
        Listener listener = context().listener(this);
        return listener == null ? -1 : listener.port();
    }

    void bind(Context owner) {
        if (context != null) {
            throw new IllegalStateException("vhost " + name + " belongs to another context already");
        }
        context = owner;
        bindTls(owner);
        Map<String, Protocol<?>> instances = new LinkedHashMap<>();
        bound = Collections.unmodifiableMap(instances);
        declared.forEach((protocol, how) -> instances.put(protocol, bind(protocol, how)));
    }

    private void bindTls(Context owner) {
        VhostOption config = options.get(TlsConfig.class);
        if (config != null) {
            try {
                tls = VhostTls.bind(this, (TlsConfig) config);
            } catch (IllegalArgumentException e) {
                throw new VhostException(this, ", TLS: " + e.getMessage(), e);
            }
            tls.start(owner.loops().get(0));
        }
    }

    /** Whatever a factory throws, what nobody declares and what is a bug of its author included, is told with its name. */
    private Protocol<?> bind(String protocol, Declared how) {
        Protocol<?> made;
        try {
            made = how.factory.bind(this, how.options);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            boolean speaks = e instanceof RuntimeException && e.getMessage() != null;
            throw new VhostException(this, ", protocol " + protocol + ": " + (speaks ? e.getMessage() : e), e);
        }
        if (made == null) {
            throw new VhostException(this, ", protocol " + protocol + ": its factory makes nothing", null);
        }
        return made;
    }

    /** Closes what was bound for {@code owner}; a vhost of another context stays as it is. */
    void unbind(Context owner) {
        if (context != owner) {
            return;
        }
        for (Map.Entry<String, Protocol<?>> each : bound.entrySet()) {
            try {
                each.getValue().close();
            } catch (RuntimeException | Error e) {
                Log.of("lws.vhost").error(name, "closing protocol " + each.getKey() + " threw", e);
            }
        }
        bound = Map.of();
        if (tls != null) {
            tls.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects what a vhost is; every call may be left out. One thread. */
    public static final class Builder {
        private final String name;
        private final List<MountPoint> mounts = new ArrayList<>();
        private final Map<Class<? extends VhostOption>, VhostOption> options = new LinkedHashMap<>();
        private final Map<String, Declared> declared = new LinkedHashMap<>();
        private @Nullable SocketAddress listenAddress;
        private @Nullable String acceptRole;

        private Builder(String name) {
            this.name = name;
        }

        /** Listens on this TCP port of every interface, see {@link IpFamilies}; 0 = one the system chooses. */
        public Builder port(int port) {
            return listen(new InetSocketAddress(port));
        }

        /** Listens on this TCP port of one interface only. */
        public Builder listen(InetAddress interfaceAddress, int port) {
            return listen(new InetSocketAddress(interfaceAddress, port));
        }

        /** Listens on a unix socket at {@code path}. */
        public Builder unixSocket(Path path) {
            return listen(UnixDomainSocketAddress.of(path));
        }

        /** Listens there; vhosts with equal addresses share the socket. Replaces an earlier address. */
        public Builder listen(SocketAddress address) {
            listenAddress = address;
            return this;
        }

        /** Adds a protocol under the name clients ask for. The first added is the default. */
        public Builder protocol(String protocol, ProtocolFactory factory) {
            return protocol(protocol, factory, ProtocolOptions.NONE);
        }

        /** As the other, with options for its factory. {@link IllegalArgumentException} for a name that is taken. */
        public Builder protocol(String protocol, ProtocolFactory factory, ProtocolOptions protocolOptions) {
            if (declared.putIfAbsent(protocol, new Declared(factory, protocolOptions)) != null) {
                throw new IllegalArgumentException("vhost " + name + " has a protocol " + protocol + " already");
            }
            return this;
        }

        /** Serves {@code mount}, behind those added before. */
        public Builder mount(MountPoint mount) {
            mounts.add(mount);
            return this;
        }

        /** Replaces an earlier option of the same class. */
        public Builder option(VhostOption option) {
            options.put(option.getClass(), option);
            return this;
        }

        /** Serves with TLS, on raw vhosts as well as on others. All vhosts of one port have TLS, or none has. */
        public Builder tls(TlsConfig config) {
            return option(config);
        }

        /** New connections start in the role of this name instead of the highest that can (lws: listen_accept_role). */
        public Builder acceptRole(String role) {
            acceptRole = role;
            return this;
        }

        /** Applies a piece of configuration that is kept elsewhere, so that a chain of calls need not be broken. */
        public Builder with(UnaryOperator<Builder> piece) {
            return piece.apply(this);
        }

        public Vhost build() {
            return new Vhost(this);
        }
    }
}
