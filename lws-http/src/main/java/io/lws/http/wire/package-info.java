/**
 * Where a client's exchanges and the versions of HTTP meet: {@link io.lws.http.wire.ClientWire} is one connection to an
 * origin, {@link io.lws.http.wire.WireExchange} one request on it, {@link io.lws.http.wire.WireEvents} what comes back.
 * HTTP/1.1 stands behind it one exchange at a time (or pipelined), HTTP/2 with as many as the origin allows. All of it
 * belongs to the loop of the connection. Nothing here may name a version's codec.
 */
@NullMarked
package io.lws.http.wire;

import org.jspecify.annotations.NullMarked;
