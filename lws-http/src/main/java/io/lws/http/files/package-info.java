/**
 * Files behind a mount: from a normalised request path to a regular file under the mount's root, and nowhere else.
 * Blocking file system calls, made on the loop's thread; knows no wire format and no session.
 */
@NullMarked
package io.lws.http.files;

import org.jspecify.annotations.NullMarked;
