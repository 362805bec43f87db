/** Server-Sent Events (WHATWG HTML 9.2): answers that never end, of events. Streams belong to their request's loop. */
@NullMarked
package io.lws.http.sse;

import org.jspecify.annotations.NullMarked;
