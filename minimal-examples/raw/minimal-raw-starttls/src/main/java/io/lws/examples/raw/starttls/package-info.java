/** A mail server's first words: a raw session that TLS begins in. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.raw.starttls;

import org.jspecify.annotations.NullMarked;
