/**
 * What a user of HTTP writes against, whatever version is on the wire: methods, statuses, headers, targets, mounts,
 * limits. All values here are immutable and may be used from any thread, except {@link io.lws.http.HttpRequest}, which
 * belongs to its session's loop. Nothing here may name a channel or an event loop.
 */
@NullMarked
package io.lws.http;

import org.jspecify.annotations.NullMarked;
