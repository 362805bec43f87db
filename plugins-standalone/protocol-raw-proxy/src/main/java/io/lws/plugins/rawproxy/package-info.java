/** A plugin that is a TCP proxy. Its two sessions live on one loop of the server. */
@NullMarked
package io.lws.plugins.rawproxy;

import org.jspecify.annotations.NullMarked;
