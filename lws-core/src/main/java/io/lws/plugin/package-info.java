/**
 * Protocols from jars: one class loader each, discovered through {@code ProtocolProvider}. Loading and closing may
 * happen on any one thread.
 */
@NullMarked
package io.lws.plugin;

import org.jspecify.annotations.NullMarked;
