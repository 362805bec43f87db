/** Shows the certificates an https server presents, and what TLS agreed on. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.certinfo;

import org.jspecify.annotations.NullMarked;
