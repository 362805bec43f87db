/** A plugin that tells which protocol keeps the loops waiting. Its timer runs on the first loop of the context. */
@NullMarked
package io.lws.plugins.latency;

import org.jspecify.annotations.NullMarked;
