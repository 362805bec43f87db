/** A listening socket from the service manager. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.systemd;

import org.jspecify.annotations.NullMarked;
