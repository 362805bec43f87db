/** A form with files. Everything runs on the loops of the context. */
@NullMarked
package io.lws.plugins.post;

import org.jspecify.annotations.NullMarked;
