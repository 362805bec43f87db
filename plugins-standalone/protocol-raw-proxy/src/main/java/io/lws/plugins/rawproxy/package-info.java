/**
 * A plugin that is a TCP proxy. Its two sessions live on one loop of the server. It needs nothing of the server but what any
 * plugin has: a protocol beside others of a vhost, where the role {@code raw-proxy} of lws-raw takes all of a vhost's
 * connections.
 */
@NullMarked
package io.lws.plugins.rawproxy;

import org.jspecify.annotations.NullMarked;
