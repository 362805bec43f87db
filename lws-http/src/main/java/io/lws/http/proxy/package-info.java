/**
 * The reverse proxy behind {@code Mount.proxy}: a protocol that answers by asking an origin, with the client of {@link
 * io.lws.http.client}. Both halves of a passage run on the loop of the connection that asked. Nothing here knows a
 * version of HTTP.
 */
@NullMarked
package io.lws.http.proxy;

import org.jspecify.annotations.NullMarked;
