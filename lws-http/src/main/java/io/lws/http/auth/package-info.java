/** Who a client is: Basic and Digest (RFC 7617, RFC 7616). Safe for any thread; depends on nothing but HTTP's values. */
@NullMarked
package io.lws.http.auth;

import org.jspecify.annotations.NullMarked;
