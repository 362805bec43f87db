/** Example: minimal-mqtt-client-qos2. */
module io.lws.examples.mqtt.qos2 {
    requires io.lws.cli;
    requires io.lws.mqtt;
    requires static org.jspecify;
}
