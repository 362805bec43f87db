/**
 * A poller of Linux that works on plain file descriptors: epoll, and the socket calls themselves, without the JDK's
 * channels in between. Needs JDK 22 and native access. Everything belongs to the loop's thread except waking it up.
 * Depends on the core only; found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.lws.epoll;

import org.jspecify.annotations.NullMarked;
