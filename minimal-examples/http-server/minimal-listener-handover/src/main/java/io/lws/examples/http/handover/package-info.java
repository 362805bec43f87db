/** A listener that moves while its connections stay. */
@NullMarked
package io.lws.examples.http.handover;

import org.jspecify.annotations.NullMarked;
