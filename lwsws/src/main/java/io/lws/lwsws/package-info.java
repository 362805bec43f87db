/**
 * Reads an lws configuration directory and serves what it says. Reading and building happen on the main thread; what is
 * built runs on the loops of its context. Uses only the public builders of the library: whatever a configuration can
 * say, code can say too.
 */
@NullMarked
package io.lws.lwsws;

import org.jspecify.annotations.NullMarked;
