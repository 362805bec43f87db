/** Standard input and output joined with a socket. Runs on the loop of the context. */
@NullMarked
package io.lws.examples.raw.netcat;

import org.jspecify.annotations.NullMarked;
