/**
 * The house seen from outside: its programs are started as a user starts them, and strangers' clients, browsers and
 * tracers talk to them. On the test's own threads; nothing else depends on it.
 */
@NullMarked
package io.lws.integration;

import org.jspecify.annotations.NullMarked;
