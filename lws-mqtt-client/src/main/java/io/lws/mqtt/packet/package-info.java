/**
 * What MQTT packets say, as immutable values: versions, reason codes, properties, topics. Any thread. Knows neither bytes
 * nor connections.
 */
@NullMarked
package io.lws.mqtt.packet;

import org.jspecify.annotations.NullMarked;
