package io.lws.plugins.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeOptionsTest {
    private static final Vhost VHOST = Vhost.builder("www.example.org").build();

    private static ProtocolOptions.Builder complete() {
        return ProtocolOptions.builder()
                .put("agree-to-terms-of-service", "1")
                .put("auth-path", "/a/account.key")
                .put("cert-path", "/a/www.pem")
                .put("key-path", "/a/www.key");
    }

    private static AcmeOptions read(ProtocolOptions.Builder options) {
        return AcmeOptions.read(VHOST, options.build());
    }

    @Test
    void takesTheUsualForWhatIsNotSaid() {
        AcmeOptions options = read(complete());
        assertEquals(URI.create("https://acme-v02.api.letsencrypt.org/directory"), options.directory());
        assertEquals(List.of("www.example.org"), options.names());
        assertEquals(Duration.ofDays(30), options.renewBefore());
        assertNull(options.email());
        assertNull(options.trustedCa());
    }

    @Test
    void takesNamesAsAListAndAsText() {
        List<String> names = List.of("example.org", "www.example.org", "b.example.org");
        assertEquals(
                names,
                read(complete()
                                .put("common-name", "example.org")
                                .put("subject-alt-names", "www.example.org, b.example.org,example.org"))
                        .names());
        assertEquals(
                names,
                read(complete()
                                .put("common-name", "example.org")
                                .put("subject-alt-names", List.of("www.example.org", "b.example.org")))
                        .names());
    }

    @ParameterizedTest
    @CsvSource({
        "agree-to-terms-of-service, 0, must be 1",
        "directory-url, http://acme.example/dir, must begin with https",
        "renew-days, 0, must be 1 to 365",
        "renew-days, 366, must be 1 to 365",
        "renew-days, soon, where a whole number is wanted"
    })
    void refuses(String option, String value, String why) {
        ProtocolOptions.Builder options = complete().put(option, value);
        String message = assertThrows(IllegalArgumentException.class, () -> read(options)).getMessage();
        assertTrue(message.contains(option) && message.contains(why), message);
    }

    @Test
    void needsPlacesForItsFiles() {
        ProtocolOptions.Builder options = ProtocolOptions.builder()
                .put("agree-to-terms-of-service", "1")
                .put("cert-path", "/a/www.pem")
                .put("key-path", "/a/www.key");
        String message = assertThrows(IllegalArgumentException.class, () -> read(options)).getMessage();
        assertEquals("option \"auth-path\" is required", message);
    }
}
