package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerReferenceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            other.example              | other.example | 1883
            other.example:8883         | other.example | 8883
            other.example:1, more:2    | other.example | 1
            one two                    | one           | 1883
            192.0.2.1:99               | 192.0.2.1     | 99
            [2001:db8::1]              | 2001:db8::1   | 1883
            [2001:db8::1]:99           | 2001:db8::1   | 99
            """)
    void findsHostAndPort(String text, String host, int port) {
        assertEquals(new ServerReference(host, port), ServerReference.parse(text, 1883));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":1883", "h:", "h:0", "h:65536", "h:-1", "h:99999999999", "h:1x", "[2001:db8::1"})
    void findsNothingInWhatIsNoReference(String text) {
        assertNull(ServerReference.parse(text, 1883));
    }
}
