/** What can be mounted, and how. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.mounts;

import org.jspecify.annotations.NullMarked;
