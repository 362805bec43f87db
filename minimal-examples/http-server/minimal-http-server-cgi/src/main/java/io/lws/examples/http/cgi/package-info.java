/** Programs that answer. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.cgi;

import org.jspecify.annotations.NullMarked;
