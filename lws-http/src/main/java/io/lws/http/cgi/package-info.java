/**
 * CGI (RFC 3875): one process a request. Pipes are read and written by threads of their own, which hand bounded pieces to
 * and from the loop; everything else runs on the loop of the request.
 */
@NullMarked
package io.lws.http.cgi;

import org.jspecify.annotations.NullMarked;
