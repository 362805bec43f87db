package io.lws.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of 4.7 among them. */
class TopicsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sport/tennis/player1/#     | sport/tennis/player1                | true
            sport/tennis/player1/#     | sport/tennis/player1/ranking        | true
            sport/tennis/player1/#     | sport/tennis/player1/score/wimbledon | true
            sport/#                    | sport                               | true
            #                          | sport/tennis                        | true
            sport/tennis/+             | sport/tennis/player1                | true
            sport/tennis/+             | sport/tennis/player1/ranking        | false
            sport/+                    | sport                               | false
            sport/+                    | sport/                              | true
            +/+                        | /finance                            | true
            /+                         | /finance                            | true
            +                          | /finance                            | false
            #                          | $SYS/uptime                         | false
            +/monitor/Clients          | $SYS/monitor/Clients                | false
            $SYS/#                     | $SYS/monitor                        | true
            $SYS/monitor/+             | $SYS/monitor/Clients                | true
            $share/g/a/+               | a/b                                 | true
            $share/g/+                 | $SYS                                | false
            a/b                        | a/b                                 | true
            a/b                        | A/b                                 | false
            a/b                        | a/bc                                | false
            a/bc                       | a/b                                 | false
            a/+/c                      | a//c                                | true
            +/b/#                      | a/b                                 | true
            a/b/#                      | a                                   | false
            """)
    void matchesAsTheStandardDoes(String filter, String topic, boolean matches) {
        assertEquals(matches, Topics.matches(filter, topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "//", "a/+/b", "+", "#", "+/#", "$share/g/a/#", "a b", "$SYS/#", "ü/+"})
    void takesFilters(String filter) {
        assertTrue(Topics.isFilter(filter));
        assertEquals(filter, Topics.requireFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a#",
                "#/a",
                "a/#/b",
                "a+",
                "+a",
                "a/b+/c",
                "$share/",
                "$share//a",
                "$share/g",
                "$share/g/",
                "$share/+/a",
                "$share/g/a#"
            })
    void refusesWhatIsNoFilter(String filter) {
        assertFalse(Topics.isFilter(filter));
        assertThrows(IllegalArgumentException.class, () -> Topics.requireFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a/#", "a\0b", "\ud800", "x\udc00y"})
    void refusesWhatIsNoName(String name) {
        assertThrows(IllegalArgumentException.class, () -> Topics.requireName(name));
    }

    @Test
    void countsBytesNotCharacters() {
        assertEquals(65535, Topics.requireName("a".repeat(65535)).length());
        assertThrows(IllegalArgumentException.class, () -> Topics.requireName("a".repeat(65536)));
        assertThrows(IllegalArgumentException.class, () -> Topics.requireName("ü".repeat(32768)));
        assertThrows(IllegalArgumentException.class, () -> Topics.requireName("\ud83d\ude00".repeat(16384)));
        assertEquals(32766, Topics.requireName("\ud83d\ude00".repeat(16383)).length());
    }
}
