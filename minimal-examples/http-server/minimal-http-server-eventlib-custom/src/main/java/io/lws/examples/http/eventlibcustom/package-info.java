/** The application owns the loop. Everything runs on its thread. */
@NullMarked
package io.lws.examples.http.eventlibcustom;

import org.jspecify.annotations.NullMarked;
