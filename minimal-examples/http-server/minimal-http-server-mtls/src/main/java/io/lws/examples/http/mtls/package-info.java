/** Https that asks its clients who they are. */
@NullMarked
package io.lws.examples.http.mtls;

import org.jspecify.annotations.NullMarked;
