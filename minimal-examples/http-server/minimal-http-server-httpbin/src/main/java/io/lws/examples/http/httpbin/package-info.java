/** A partner for testing clients. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.httpbin;

import org.jspecify.annotations.NullMarked;
