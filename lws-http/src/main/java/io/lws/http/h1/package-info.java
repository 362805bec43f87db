/**
 * HTTP/1.1 and 1.0 on the wire (RFC 9112). The codecs are sans-I/O: buffers in, offsets and counts out; they run on the
 * loop that owns the connection and know neither channel nor loop nor session.
 */
@NullMarked
package io.lws.http.h1;

import org.jspecify.annotations.NullMarked;
