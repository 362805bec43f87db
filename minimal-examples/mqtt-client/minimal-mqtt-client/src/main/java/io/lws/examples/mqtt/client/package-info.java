/** Example: an MQTT client. Everything runs on the loop. */
@NullMarked
package io.lws.examples.mqtt.client;

import org.jspecify.annotations.NullMarked;
