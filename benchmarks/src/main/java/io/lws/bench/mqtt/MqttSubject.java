package io.lws.bench.mqtt;

/** A client under measurement, as its users have it. {@code done} and {@code onMessage} run on threads of its own. */
interface MqttSubject extends AutoCloseable {
    /** Waits until the broker has answered. */
    void subscribe(String topic, int qos, Runnable onMessage) throws Exception;

    /** Does not wait; {@code done} says that the message needs nothing more. */
    void publish(String topic, byte[] payload, int qos, Runnable done) throws Exception;

    /** Connects the client of that name to loopback with MQTT 5.0. */
    static MqttSubject connect(String name, int port) throws Exception {
        return switch (name) {
            case "lws" -> new LwsSubject(port);
            case "hivemq" -> new HiveMqSubject(port);
            case "paho" -> new PahoSubject(port);
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }
}
