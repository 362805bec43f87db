/**
 * Messages between parts of a process that need not know each other (lws: smd). Publishing is for any thread; each
 * subscriber hears on its own loop. Knows loops and nothing else.
 */
@NullMarked
package io.lws.bus;

import org.jspecify.annotations.NullMarked;
