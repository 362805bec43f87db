/** A serial port as a session. Runs on the loop of the context; the port is read and written by threads of its own. */
@NullMarked
package io.lws.examples.raw.serial;

import org.jspecify.annotations.NullMarked;
