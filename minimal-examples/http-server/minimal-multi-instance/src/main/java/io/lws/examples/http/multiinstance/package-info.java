/** Two independent TLS servers in one process. */
@NullMarked
package io.lws.examples.http.multiinstance;

import org.jspecify.annotations.NullMarked;
