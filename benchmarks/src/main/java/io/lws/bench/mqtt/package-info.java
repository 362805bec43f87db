/**
 * The MQTT client beside its peers on one mosquitto: publishing rate and round trips at each QoS. Every client runs in a
 * process of its own.
 */
@NullMarked
package io.lws.bench.mqtt;

import org.jspecify.annotations.NullMarked;
