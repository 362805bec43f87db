/** A reverse proxy. The main thread becomes the service thread. */
@NullMarked
package io.lws.examples.http.proxy;

import org.jspecify.annotations.NullMarked;
