package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enhanced authentication (MQTT 5 4.12): challenges as the session begins, and later on an open connection. */
class AuthenticationTest {
    private final MqttRig rig = new MqttRig();

    /** Answers each challenge with itself turned round. */
    private static final class Turning implements MqttAuthenticator {
        final List<String> last = new ArrayList<>();

        @Override
        public String method() {
            return "m";
        }

        @Override
        public ByteBuffer begin() {
            return ByteBuffer.wrap(new byte[] {1, 2});
        }

        @Override
        public ByteBuffer answer(ByteBuffer challenge) {
            return ByteBuffer.wrap(new byte[] {challenge.get(1), challenge.get(0)});
        }

        @Override
        public void succeeded(ByteBuffer said) {
            byte[] bytes = new byte[said.remaining()];
            said.get(bytes);
            last.add(HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void answersTheBrokersChallenges() {
        rig.open(MqttRig.options().authenticator(new Turning()));
        assertTrue(rig.sent().contains("15 0001 6d 16 0002 0102".replace(" ", "")));
        rig.broker("f0 0b 18 09 15 0001 6d 16 0002 0304");
        rig.assertSent("f0 0b 18 09 15 0001 6d 16 0002 0403");
        rig.broker("20 07 00 00 04 15 0001 6d");
        rig.assertEvents("established");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f0 0b 18 09 15 0001 6e 16 0002 0304", "f0 02 18 00", "f0 00"})
    void refusesAChallengeOfAnotherMethod(String auth) {
        rig.open(MqttRig.options().authenticator(new Turning()));
        rig.sent();
        rig.broker(auth);
        rig.assertSent("e0 01 82");
        rig.assertEvents("disconnected PROTOCOL 82");
    }

    @Test
    void refusesAChallengeItDidNotAskFor() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("f0 0b 18 09 15 0001 6d 16 0002 0304");
        rig.assertSent("e0 01 82");
    }

    private void establishedByAuthentication() {
        rig.open(MqttRig.options().authenticator(new Turning()));
        rig.sent();
        rig.broker("20 07 00 00 04 15 0001 6d");
        rig.assertEvents("established");
    }

    @Test
    void authenticatesAnewOnAnOpenConnection() {
        establishedByAuthentication();
        rig.session().reauthenticate();
        rig.session().reauthenticate();
        rig.loop.settle();
        rig.assertSent("f0 0b 19 09 15 0001 6d 16 0002 0102");
        rig.broker("f0 0b 18 09 15 0001 6d 16 0002 0304");
        rig.assertSent("f0 0b 18 09 15 0001 6d 16 0002 0403");
        rig.broker("f0 06 00 04 15 0001 6d");
        rig.assertEvents("reauthenticated");
        rig.session().reauthenticate();
        rig.loop.settle();
        rig.assertSent("f0 0b 19 09 15 0001 6d 16 0002 0102");
        rig.broker("e0 01 87");
        rig.assertEvents("closed PEER 87");
    }

    /** A method by which the broker proves itself has something to check at its end. */
    @Test
    void givesTheAuthenticatorTheBrokersLastWord() {
        Turning turning = new Turning();
        rig.open(MqttRig.options().authenticator(turning));
        rig.sent();
        rig.broker("20 0c 00 00 09 15 0001 6d 16 0002 0506");
        assertEquals(List.of("0506"), turning.last);
        rig.session().reauthenticate();
        rig.broker("f0 06 00 04 15 0001 6d");
        assertEquals(List.of("0506", ""), turning.last);
        rig.assertEvents("established", "reauthenticated");
    }

    @ParameterizedTest
    @CsvSource({"true, 20 03 00 00 00", "true, 20 07 00 00 04 15 0001 6e", "false, 20 07 00 00 04 15 0001 6d"})
    void refusesToBeTakenByAnotherMethod(boolean authenticates, String connAck) {
        rig.open(authenticates ? MqttRig.options().authenticator(new Turning()) : MqttRig.options());
        rig.sent();
        rig.broker(connAck);
        rig.assertSent("e0 01 82");
        rig.assertEvents("disconnected PROTOCOL 82");
    }

    @Test
    void needsAnAuthenticatorToAuthenticateAnew() {
        rig.established(MqttRig.options());
        assertThrows(IllegalStateException.class, () -> rig.session().reauthenticate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f0 0b 18 09 15 0001 6d 16 0002 0304", "f0 06 00 04 15 0001 6d", "f0 00"})
    void refusesAuthenticationThatNobodyHasBegun(String auth) {
        establishedByAuthentication();
        rig.broker(auth);
        rig.assertSent("e0 01 82");
        rig.assertEvents("disconnected PROTOCOL 82");
    }
}
