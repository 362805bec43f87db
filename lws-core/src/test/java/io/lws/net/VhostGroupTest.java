package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Vhost;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VhostGroupTest {
    private final VhostGroup group = new VhostGroup(
            List.of(vhost("first"), vhost("*.example.com"), vhost("a.example.com"), vhost("*.com")),
            List.of(vhost("secret.org"), vhost("*.secret.org")));

    private static Vhost vhost(String name) {
        return Vhost.builder(name).build();
    }

    @ParameterizedTest
    @CsvSource({
        "first, first, true, false",
        "FIRST, first, true, false",
        "a.example.com, a.example.com, true, false",
        "A.Example.Com., a.example.com, true, false",
        "b.example.com, *.example.com, true, false",
        "B.EXAMPLE.COM, *.example.com, true, false",
        "example.com, first, false, false",
        "b.a.example.com, first, false, false",
        ".example.com, first, false, false",
        "'', first, false, false",
        "., first, false, false",
        "secret.org, first, false, true",
        "x.secret.org, first, false, true",
        "x.secret.org., first, false, true",
        "xsecret.org, first, false, false"
    })
    void findsByNameThenByWildcard(String name, String found, boolean known, boolean elsewhere) {
        assertEquals(found, group.byName(name).name());
        assertEquals(known, group.names(name));
        assertEquals(elsewhere, group.isElsewhere(name));
    }
}
