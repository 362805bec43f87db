/** Example: minimal-ws-cluster. */
module io.lws.examples.mqtt.cluster {
    requires io.lws.cli;
    requires io.lws.mqtt;
    requires io.lws.ws;
    requires static org.jspecify;
}
