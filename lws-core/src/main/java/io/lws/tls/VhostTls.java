package io.lws.tls;

import io.lws.Log;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * TLS of one vhost while its context lives: the certificates it presents now, and the count of who still uses earlier
 * ones. Any thread.
 */
public final class VhostTls {
    private static final Log LOG = Log.of("lws.tls");

    private final Vhost vhost;
    private final AtomicInteger alive = new AtomicInteger();
    private final CertificateCare care;
    private volatile TlsContext current;

    private VhostTls(Vhost vhost, TlsConfig config) {
        this.vhost = vhost;
        this.care = new CertificateCare(vhost, this);
        this.current = newContext(config);
    }

    /** For the vhost, when its context is built. @throws IllegalArgumentException for what the provider cannot do */
    public static VhostTls bind(Vhost vhost, TlsConfig config) {
        return new VhostTls(vhost, config);
    }

    /**
     * For the context: the first role of the connections to a port whose vhosts have TLS. {@code rolesFor} gives the roles
     * that can serve a vhost, the preferred first, at least one.
     *
     * @throws IllegalArgumentException where only some of the vhosts have TLS
     */
    public static Role accepting(VhostGroup port, Function<Vhost, List<Role>> rolesFor) {
        return TlsAccept.of(port, rolesFor);
    }

    private TlsContext newContext(TlsConfig config) {
        TlsContext made = new TlsContext(config, alive::decrementAndGet);
        alive.incrementAndGet();
        return made;
    }

    /** Whether connections begin with TLS, and not with plain text that may be upgraded. */
    public boolean fromTheStart() {
        return config().plainText() != PlainText.UNTIL_UPGRADE;
    }

    /** What new connections are served by. */
    public TlsConfig config() {
        return current.config();
    }

    /**
     * New connections are shown these certificates; those there are keep what they have. Sessions of before are not
     * resumed.
     */
    public synchronized void updateCertificate(List<KeyMaterial> replacements) {
        TlsContext before = current;
        current = newContext(before.config().withKeys(replacements));
        before.release();
        LOG.info(vhost.name(), "new certificate " + replacements.get(0));
    }

    /** Looks now whether certificate files have changed. True when new ones are in use. */
    public boolean reloadIfChanged() {
        return care.reloadIfChanged();
    }

    /** TLS contexts that are alive: the current one, and earlier ones that connections still use. */
    public int liveContexts() {
        return alive.get();
    }

    /** Connections that use the current certificates. */
    public int connections() {
        return current.holders() - 1;
    }

    /** The current context, with one more holder. */
    TlsContext acquire() {
        TlsContext found = current;
        while (!found.retain()) {
            found = current;
        }
        return found;
    }

    /** For the vhost: begins to look after the certificates, on {@code loop}. */
    public void start(EventLoop loop) {
        loop.execute(() -> care.start(loop));
    }

    /** For the vhost, when the loops of its context have ended. */
    public synchronized void close() {
        care.stop();
        current.release();
    }
}
