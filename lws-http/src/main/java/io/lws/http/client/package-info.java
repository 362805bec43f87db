/**
 * An HTTP client on the loops of a context: {@link io.lws.http.client.HttpClient} and what goes with it. Each exchange
 * belongs to one loop, where its callbacks come; the client, requests and responses may be used from any thread.
 *
 * <p>The way of a request: {@code Exchange} (redirects, authentication, cookies, decoding, time limits) asks the {@code
 * OriginPool} of its loop for a {@link io.lws.http.wire.ClientWire}, which {@code Dialing} makes: address, connection,
 * proxy, TLS. Dialing alone decides by ALPN which version stands behind the wire ({@code Dialing.wire}); a version with
 * streams answers {@code ClientWire.room} with more than one, and the pool then has no need of further connections.
 */
@NullMarked
package io.lws.http.client;

import org.jspecify.annotations.NullMarked;
