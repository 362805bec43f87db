/** What comes ahead of an answer. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.earlyhints;

import org.jspecify.annotations.NullMarked;
