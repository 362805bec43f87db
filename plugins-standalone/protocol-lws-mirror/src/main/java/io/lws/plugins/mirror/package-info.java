/**
 * A drawing board shared by all who are in the same room. A room's state belongs to the loop it was made on; sessions of
 * other loops hand their messages over and read the room's ring, which has one writer, without a lock.
 */
@NullMarked
package io.lws.plugins.mirror;

import org.jspecify.annotations.NullMarked;
