/**
 * The compression of permessage-deflate (RFC 7692 7.2) without I/O: bytes of a message in, bytes of the compressed one
 * out, and back. Everything here belongs to one event loop's thread, which also owns the pools zlib's memory comes from.
 * Knows no frame, no session and no negotiation.
 */
@NullMarked
package io.lws.ws.deflate;

import org.jspecify.annotations.NullMarked;
