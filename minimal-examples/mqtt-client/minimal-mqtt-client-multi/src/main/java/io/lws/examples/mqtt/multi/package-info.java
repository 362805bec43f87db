/** Example: many MQTT sessions. Everything runs on the loop. */
@NullMarked
package io.lws.examples.mqtt.multi;

import org.jspecify.annotations.NullMarked;
