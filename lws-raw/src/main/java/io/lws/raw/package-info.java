/**
 * The raw role: bytes of a socket straight to a protocol and back. Everything runs on the session's loop. Depends on the
 * core only.
 */
@NullMarked
package io.lws.raw;

import org.jspecify.annotations.NullMarked;
