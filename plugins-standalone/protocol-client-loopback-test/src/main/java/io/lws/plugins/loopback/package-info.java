/** A server that is its own client. Ends of one loop may live on several event loops. */
@NullMarked
package io.lws.plugins.loopback;

import org.jspecify.annotations.NullMarked;
