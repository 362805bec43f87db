/** Files as sessions. Runs on the loop of the context; the file is read by a thread of its own. */
@NullMarked
package io.lws.examples.raw.file;

import org.jspecify.annotations.NullMarked;
