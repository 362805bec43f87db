/**
 * Header compression of HTTP/2 (RFC 7541): sans I/O, bytes to fields and back. Knows no frame, no stream and no
 * connection. A decoder or encoder belongs to one connection and its thread.
 */
@NullMarked
package io.lws.http.hpack;

import org.jspecify.annotations.NullMarked;
