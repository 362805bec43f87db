/**
 * What a user of the library writes against: {@code Context}, {@code Vhost}, {@code Protocol} and their values. Builders
 * may be called from any thread; sessions and callbacks belong to their event loop. Knows no wire protocol.
 */
@NullMarked
package io.lws;

import org.jspecify.annotations.NullMarked;
