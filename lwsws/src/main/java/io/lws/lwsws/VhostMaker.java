package io.lws.lwsws;

import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import io.lws.http.RejectedAgents;
import io.lws.plugin.PluginDirectory;
import io.lws.spi.ProtocolProvider;
import io.lws.tls.TlsConfig;
import io.lws.ws.WsAddressCap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes vhosts of what a configuration says, by the same builders that a program uses. */
final class VhostMaker {
    private final GlobalSettings global;
    private final PluginDirectory plugins;
    /** One for all vhosts: it counts over all of them. */
    private final @Nullable WsAddressCap perAddress;

    VhostMaker(GlobalSettings global, PluginDirectory plugins) {
        this.global = global;
        this.plugins = plugins;
        perAddress = global.perAddress() == 0 ? null : WsAddressCap.of(global.perAddress());
    }

    private Headers commonHeaders(VhostSettings vhost) {
        String server = global.serverString();
        return server == null
                ? vhost.headers()
                : vhost.headers().toBuilder().add("Server", server).build();
    }

    private static Headers joined(Headers common, Mount mount) {
        Headers.Builder all = common.toBuilder();
        Headers own = mount.headers();
        for (int i = 0; i < own.size(); i++) {
            all.add(own.name(i), own.value(i));
        }
        return all.build();
    }

    private HttpLimits httpLimits(VhostSettings vhost) {
        HttpLimits.Builder limits = HttpLimits.builder();
        Duration timeout = global.timeout();
        if (timeout != null) {
            limits.headerTimeout(timeout).bodyTimeout(timeout);
        }
        Duration keepAlive = vhost.keepAlive();
        return (keepAlive == null ? limits : limits.keepAliveTimeout(keepAlive)).build();
    }

    /** Everything but where it listens. */
    Vhost.Builder make(VhostSettings settings) {
        Vhost.Builder vhost = Vhost.builder(settings.name());
        vhost.option(httpLimits(settings));
        settings.options().forEach(vhost::option);
        if (!global.rejectedAgents().isEmpty()) {
            vhost.option(new RejectedAgents(global.rejectedAgents()));
        }
        if (perAddress != null) {
            vhost.option(perAddress);
        }
        TlsConfig tls = settings.tls();
        if (tls != null) {
            vhost.tls(tls);
        }
        addMounts(settings, vhost);
        addProtocols(settings, vhost);
        return withRole(settings, vhost);
    }

    private void addMounts(VhostSettings settings, Vhost.Builder vhost) {
        Headers common = commonHeaders(settings);
        for (MountSettings.Placed each : settings.mounts()) {
            // which server has made an answer is said by that one alone
            Headers ours = each.mount().kind() == Mount.Kind.PROXY ? settings.headers() : common;
            vhost.mount(each.mount().headers(joined(ours, each.mount())));
        }
    }

    private void addProtocols(VhostSettings settings, Vhost.Builder vhost) {
        for (ProtocolSettings each : settings.protocols()) {
            ProtocolProvider provider = plugins.provider(each.name());
            if (provider == null) {
                throw new IllegalStateException("protocol " + each.name() + " was there a moment ago");
            }
            vhost.protocol(each.name(), provider.factory(), each.options());
        }
    }

    private static Vhost.Builder withRole(VhostSettings settings, Vhost.Builder vhost) {
        Value role = settings.acceptRole();
        if (role == null) {
            // a vhost of which nothing is said answers that nothing is there
            boolean bare = settings.mounts().isEmpty() && settings.protocols().isEmpty();
            return bare ? vhost.acceptRole("h1") : vhost;
        }
        String roleName = role.text();
        return roleName == null ? vhost : vhost.acceptRole(roleName);
    }
}
