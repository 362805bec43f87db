/** Example: exactly-once delivery. Everything runs on the loop. */
@NullMarked
package io.lws.examples.mqtt.qos2;

import org.jspecify.annotations.NullMarked;
