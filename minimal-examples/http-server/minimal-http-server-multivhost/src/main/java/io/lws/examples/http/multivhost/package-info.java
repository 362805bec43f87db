/** Three vhosts on two ports. */
@NullMarked
package io.lws.examples.http.multivhost;

import org.jspecify.annotations.NullMarked;
