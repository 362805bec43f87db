/** Threads make messages for ws sessions on several loops. */
@NullMarked
package io.lws.examples.ws.threads.smp;

import org.jspecify.annotations.NullMarked;
