/** A raw proxy. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.raw.proxy;

import org.jspecify.annotations.NullMarked;
