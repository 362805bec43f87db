/** Example: a ws chat on many machines. Everything runs on the loop. */
@NullMarked
package io.lws.examples.mqtt.cluster;

import org.jspecify.annotations.NullMarked;
