/**
 * MQTT packets to and from bytes, one decoder and encoder for each, sans-I/O. Each instance belongs to one thread. Knows
 * no connection, loop or session.
 */
@NullMarked
package io.lws.mqtt.codec;

import org.jspecify.annotations.NullMarked;
