/** An answer that never ends. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.h2longpoll;

import org.jspecify.annotations.NullMarked;
