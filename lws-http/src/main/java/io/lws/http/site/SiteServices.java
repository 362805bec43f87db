package io.lws.http.site;

import io.lws.Vhost;
import io.lws.http.AccessLog;
import io.lws.http.ErrorDocuments;
import io.lws.http.Headers;
import io.lws.http.HttpTraffic;
import io.lws.http.Mount;
import io.lws.http.RejectedAgents;
import io.lws.http.RequestIds;
import io.lws.http.SecurityHeaders;
import org.jspecify.annotations.Nullable;

/** What a vhost wants done with every request. */
public record SiteServices(
        @Nullable AccessLog log,
        @Nullable HttpTraffic traffic,
        @Nullable RequestIds ids,
        @Nullable RejectedAgents agents,
        @Nullable SecurityHeaders security,
        boolean hasErrorDocuments) {

    public static SiteServices of(Vhost vhost) {
        return new SiteServices(
                vhost.option(AccessLog.class),
                vhost.option(HttpTraffic.class),
                vhost.option(RequestIds.class),
                vhost.option(RejectedAgents.class),
                vhost.option(SecurityHeaders.class),
                vhost.option(ErrorDocuments.class) != null);
    }

    /** Whether a request costs more than its protocol on this vhost. */
    public boolean isNeeded() {
        boolean counts = log != null || traffic != null;
        return counts || ids != null || agents != null || security != null || hasErrorDocuments;
    }

    /** Who guards a mount, or null. */
    public @Nullable Gate gate(Mount mount, Gate.@Nullable Interception interception) {
        return agents == null && mount.authenticator() == null && interception == null
                ? null
                : new Gate(mount, agents, interception);
    }

    /** What goes with each answer of a mount. */
    public Headers headers(Mount mount) {
        return security == null ? mount.headers() : security.below(mount.headers());
    }
}
