/**
 * Certificates from an ACME server (RFC 8555), for the vhost they are for. Talking to that server and writing files is done
 * by a thread of its own; challenges are answered on the loops.
 */
@NullMarked
package io.lws.plugins.acme;

import org.jspecify.annotations.NullMarked;
