package io.lws.http.spi;

import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.http.Mount;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks for an upgrade. {@code request} is lent until the answer. {@code mount} is the one its path falls
 * on, or {@code null}. {@code connection} is what the request came by: over HTTP/1 what the new role would stand on, over
 * HTTP/2 what its stream would be one of. {@code vhosts} share the port, {@code vhost} is the one asked for.
 */
public record UpgradeRequest(
        HttpRequest request, Vhost vhost, @Nullable Mount mount, Connection connection, VhostGroup vhosts) {}
