/** Requests that wait. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.longpoll;

import org.jspecify.annotations.NullMarked;
