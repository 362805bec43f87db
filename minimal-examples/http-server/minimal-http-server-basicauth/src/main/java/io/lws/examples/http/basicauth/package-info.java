/** Places behind a password. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.basicauth;

import org.jspecify.annotations.NullMarked;
