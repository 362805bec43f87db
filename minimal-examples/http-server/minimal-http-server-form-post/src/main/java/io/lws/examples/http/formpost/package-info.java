/** A form's fields. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.formpost;

import org.jspecify.annotations.NullMarked;
