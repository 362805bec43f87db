/**
 * The MQTT client: sessions that outlive connections, the protocol interface they call, and a client for those who want
 * futures and handlers. Sessions belong to a loop; what any thread may call says so. Depends on the core only.
 */
@NullMarked
package io.lws.mqtt;

import org.jspecify.annotations.NullMarked;
