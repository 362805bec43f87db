/** Files left by some and taken by others. Everything runs on the loops of the context. */
@NullMarked
package io.lws.plugins.deaddrop;

import org.jspecify.annotations.NullMarked;
