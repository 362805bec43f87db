package io.lws.bench.mqtt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho's asynchronous client. */
final class PahoSubject implements MqttSubject, MqttCallback {
    private final MqttAsyncClient client;
    private final Map<String, Runnable> handlers = new ConcurrentHashMap<>();

    PahoSubject(int port) throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "paho", new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setReceiveMaximum(65535);
        client.connect(options).waitForCompletion();
    }

    @Override
    public void subscribe(String topic, int qos, Runnable onMessage) throws MqttException {
        handlers.put(topic, onMessage);
        client.subscribe(new MqttSubscription(topic, qos)).waitForCompletion();
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) throws MqttException {
        client.publish(topic, payload, qos, false, null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                done.run();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                MqttRun.done(failure, done);
            }
        });
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        Runnable handler = handlers.get(topic);
        if (handler != null) {
            handler.run();
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException failure) {
        MqttRun.done(failure, () -> {});
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
