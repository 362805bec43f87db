/** Example: minimal-mqtt-client. */
module io.lws.examples.mqtt.client {
    requires io.lws.cli;
    requires io.lws.mqtt;
    requires static org.jspecify;
}
