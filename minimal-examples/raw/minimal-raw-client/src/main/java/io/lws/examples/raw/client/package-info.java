/** A raw TCP client. Runs on the loop of the context. */
@NullMarked
package io.lws.examples.raw.client;

import org.jspecify.annotations.NullMarked;
