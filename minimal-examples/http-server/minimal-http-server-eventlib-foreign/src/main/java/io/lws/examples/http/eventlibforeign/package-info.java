/** A foreign loop. Everything runs on the thread of the framework. */
@NullMarked
package io.lws.examples.http.eventlibforeign;

import org.jspecify.annotations.NullMarked;
