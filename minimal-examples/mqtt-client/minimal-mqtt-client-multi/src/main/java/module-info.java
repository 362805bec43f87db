/** Example: minimal-mqtt-client-multi. */
module io.lws.examples.mqtt.multi {
    requires io.lws.cli;
    requires io.lws.mqtt;
    requires static org.jspecify;
}
