/**
 * The content coding {@code br} (RFC 7932) by the brotli library, which is native. Any thread; what is made here belongs
 * to one. Depends on the codings of {@link io.lws.http.coding} and on nothing else of the server.
 */
@NullMarked
package io.lws.http.brotli;

import org.jspecify.annotations.NullMarked;
