package io.lws.mqtt.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The first packet of a client (3.1). Properties are left out in 3.1.1. */
public record Connect(
        MqttVersion version,
        String clientId,
        boolean cleanStart,
        int keepAliveSeconds,
        @Nullable Will will,
        @Nullable String user,
        @Nullable ByteBuffer password,
        MqttProperties properties) {

    private static final int MAX_PASSWORD_BYTES = 65535;

    public Connect {
        Topics.requireText(clientId);
        if (user != null) {
            Topics.requireText(user);
        }
        if (password != null && user == null && !version.isV5()) {
            throw new IllegalArgumentException("MQTT 3.1.1 has no password without a user");
        }
        if (password != null && password.remaining() > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException("a password of " + password.remaining() + " bytes");
        }
        properties.requireFor(PacketType.CONNECT);
        if (keepAliveSeconds < 0 || keepAliveSeconds > 0xffff) {
            throw new IllegalArgumentException("keep alive of " + keepAliveSeconds + " s");
        }
    }

    /** Tells nobody the password. */
    @Override
    public String toString() {
        return "Connect[" + version + ", " + clientId + ", user " + user + "]";
    }
}
