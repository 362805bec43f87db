package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends. */
class ServiceTest {
    @TempDir
    private Path directory;

    private final CountDownLatch resorted = new CountDownLatch(1);
    private Service service;

    @BeforeEach
    void serve() {
        new ConfigurationDir(directory)
                .file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"interface\": \"127.0.0.1\"}]}");
        Server server = new Server(new Generation.Sources(directory, directory, List.of()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        service = new Service(server, nowhere, null, resorted::countDown);
        service.open(null, directory.resolve("admin"));
    }

    /** As for {@code lwsws --make-archive}: the JVM writes for as long as it takes. */
    @Test
    void takesNoLastResortWhereItHasEndedByItself() {
        service.stop();
        assertFalse(service.stopAndEnd());
    }

    @Test
    void takesItsLastResortWhereItWasToldToEnd() throws InterruptedException {
        assertTrue(service.stopAndEnd());
        assertTrue(resorted.await(30, TimeUnit.SECONDS));
    }
}
