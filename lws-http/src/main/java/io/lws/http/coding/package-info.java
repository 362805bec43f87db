/** Content codings (RFC 9110 8.4): which one a client takes, and compressing. Sans-I/O; one thread an object. */
@NullMarked
package io.lws.http.coding;

import org.jspecify.annotations.NullMarked;
