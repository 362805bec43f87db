package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallCountsTest {
    @Test
    void readsCallsWithAndWithoutErrors(@TempDir Path directory) throws IOException {
        Path table = Files.writeString(directory.resolve("counts"), """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 66.12    0.002012           1      2001           read
                 33.88    0.001031           0      1999         7 epoll_wait
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.003043           0      4000         7 total
                """);
        assertEquals(Map.of("read", 2001, "epoll_wait", 1999), SystemCallCounts.read(table));
    }
}
