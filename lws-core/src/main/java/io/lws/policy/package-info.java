/**
 * When to try again and when to give up: values and arithmetic over a time that is passed in. Immutable records for any
 * thread; {@link io.lws.policy.ValidityWatch} belongs to its connection's loop. Knows no socket, no timer, no role.
 */
@NullMarked
package io.lws.policy;

import org.jspecify.annotations.NullMarked;
