/** Files on the poller of choice. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.eventlib;

import org.jspecify.annotations.NullMarked;
