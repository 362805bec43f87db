/**
 * Forms as clients send them: urlencoded and multipart (RFC 7578), read as they arrive. Sans-I/O; each object belongs to
 * one request.
 */
@NullMarked
package io.lws.http.form;

import org.jspecify.annotations.NullMarked;
