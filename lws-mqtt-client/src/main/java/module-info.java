/** The MQTT client of lws for Java. */
module io.lws.mqtt {
    requires transitive io.lws.core;
    requires static io.lws.ws;
    requires static org.jspecify;

    exports io.lws.mqtt;
    exports io.lws.mqtt.packet;
    exports io.lws.mqtt.store;
}
