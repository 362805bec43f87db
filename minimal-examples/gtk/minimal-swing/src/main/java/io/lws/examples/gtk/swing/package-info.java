/** A window and its connections on one thread, which is that of Swing. */
@NullMarked
package io.lws.examples.gtk.swing;

import org.jspecify.annotations.NullMarked;
