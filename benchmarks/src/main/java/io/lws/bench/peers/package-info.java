/**
 * The same small server written for other libraries, each as its own documentation would have it. Depends on {@code
 * io.lws.bench} for nothing but what the environment says, and never on the library.
 */
@NullMarked
package io.lws.bench.peers;

import org.jspecify.annotations.NullMarked;
