/**
 * What an extension of the library implements: roles, protocol providers (plugins) and pollers, all found by {@link
 * java.util.ServiceLoader}. A user of the library needs none of it but {@code ProtocolProvider}.
 */
@NullMarked
package io.lws.spi;

import org.jspecify.annotations.NullMarked;
