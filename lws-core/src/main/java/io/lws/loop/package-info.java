/**
 * The event loop: its duty cycle, the poller below it, timers and the queue of tasks from other threads. Everything runs
 * on the loop's own thread except {@code EventLoop.execute} and {@code EventLoop.wakeup}. Knows nothing of connections.
 */
@NullMarked
package io.lws.loop;

import org.jspecify.annotations.NullMarked;
