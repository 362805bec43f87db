/** A static site. The main thread becomes the service thread. */
@NullMarked
package io.lws.examples.http.server;

import org.jspecify.annotations.NullMarked;
