/** Reads over HTTP/2 with credit of its own. Everything runs on the context's loop. */
@NullMarked
package io.lws.examples.http.client.rxflow;

import org.jspecify.annotations.NullMarked;
