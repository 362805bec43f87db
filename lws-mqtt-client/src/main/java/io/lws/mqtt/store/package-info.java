/**
 * What a session must not forget: messages under way at QoS 1 and 2. In memory, or in a file that survives the death of
 * the process. Each store belongs to one session's loop. Knows no connection.
 */
@NullMarked
package io.lws.mqtt.store;

import org.jspecify.annotations.NullMarked;
