package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    @ParameterizedTest
    @CsvSource({"'',abc,3", "abc,'',3", "port,port,0", "prot,port,2", "mount,mounts,1", "kitten,sitting,3"})
    void countsEdits(String from, String to, int edits) {
        assertEquals(edits, NearestWord.edits(from, to));
    }

    @ParameterizedTest
    @CsvSource({"prot,port", "mont,mounts", "orgin,origin", "x,port"})
    void findsTheNearest(String word, String nearest) {
        assertEquals(nearest, NearestWord.to(word, List.of("origin", "port", "mounts")));
    }
}
