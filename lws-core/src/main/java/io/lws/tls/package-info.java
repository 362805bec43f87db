/**
 * TLS on connections: configurations, the ClientHello, and a transport over {@link javax.net.ssl.SSLEngine}. What
 * belongs to a connection runs on its loop; configurations are immutable and for any thread; a vhost's {@code VhostTls}
 * may be called from any thread. Knows no role by name, and of BouncyCastle only what reads keys and makes certificates.
 */
@NullMarked
package io.lws.tls;

import org.jspecify.annotations.NullMarked;
