/** Several certificates behind one port. */
@NullMarked
package io.lws.examples.http.sni;

import org.jspecify.annotations.NullMarked;
