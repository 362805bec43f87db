/** Example: minimal-mqtt-client-qos2. */
module io.lws.examples.mqtt.qos.two {
    requires io.lws.cli;
    requires io.lws.mqtt;
    requires static org.jspecify;
}
