/** A window and its connections on one thread, which is that of GTK's main loop. */
@NullMarked
package io.lws.examples.gtk.gtk;

import org.jspecify.annotations.NullMarked;
