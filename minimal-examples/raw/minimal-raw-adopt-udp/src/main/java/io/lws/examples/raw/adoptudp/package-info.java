/** A UDP socket opened elsewhere becomes a session of datagrams. Runs on the loop of the context. */
@NullMarked
package io.lws.examples.raw.adoptudp;

import org.jspecify.annotations.NullMarked;
