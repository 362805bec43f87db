/**
 * The side-by-side run: starts the library's own bench server and its peers, loads them in turn, and reports CPU per
 * operation. Main thread only; never on the class path of anything that is shipped.
 */
@NullMarked
package io.lws.bench;

import org.jspecify.annotations.NullMarked;
