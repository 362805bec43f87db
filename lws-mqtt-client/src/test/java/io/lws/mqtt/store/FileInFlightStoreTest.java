package io.lws.mqtt.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.store.FileInFlightStore.Durability;
import io.lws.mqtt.store.InFlightStore.Kept;
import io.lws.mqtt.store.InFlightStore.Outgoing;
import io.lws.mqtt.store.InFlightStore.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInFlightStoreTest {
    private static final MqttMessage A = MqttMessage.of("a", "first", Qos.EXACTLY_ONCE)
            .with(MqttProperties.builder().user("k", "v").build());
    private static final MqttMessage B =
            MqttMessage.of("b/ü", "second", Qos.AT_LEAST_ONCE).retained();

    @TempDir
    Path directory;

    private FileInFlightStore open() {
        return FileInFlightStore.open(directory.resolve("journal"), Durability.PROCESS);
    }

    private static void fill(InFlightStore store) {
        store.accepted(1, A);
        store.accepted(2, B);
        store.released(1);
        store.received(9);
        store.received(10);
        store.completed(2);
        store.forgotten(9);
    }

    private static final Kept FILLED = new Kept(List.of(new Outgoing(1, Stage.RELEASED, A)), Set.of(10));

    @Test
    void keepsWhatWasUnderWay() {
        try (FileInFlightStore store = open()) {
            fill(store);
        }
        try (FileInFlightStore store = open()) {
            assertEquals(FILLED, store.load());
            assertEquals(2, store.acceptedCount());
        }
    }

    @Test
    void keepsTheSameAfterCompaction() throws IOException {
        try (FileInFlightStore store = open()) {
            fill(store);
            long before = Files.size(directory.resolve("journal"));
            store.compact();
            assertTrue(Files.size(directory.resolve("journal")) < before);
            store.accepted(3, B);
        }
        try (FileInFlightStore store = open()) {
            assertEquals(3, store.acceptedCount());
            store.completed(3);
            assertEquals(FILLED, store.load());
        }
    }

    @Test
    void recoversAPrefixOfTheFactsWhereverTheFileIsCut() throws IOException {
        List<Kept> states = new ArrayList<>();
        Path journal = directory.resolve("journal");
        List<Long> ends = new ArrayList<>();
        try (FileInFlightStore store = open()) {
            List<Runnable> facts = List.of(
                    () -> {},
                    () -> store.accepted(1, A),
                    () -> store.accepted(2, B),
                    () -> store.released(1),
                    () -> store.received(9),
                    () -> store.completed(2),
                    () -> store.forgotten(9));
            for (Runnable fact : facts) {
                fact.run();
                states.add(store.load());
                ends.add(Files.size(journal));
            }
        }
        byte[] whole = Files.readAllBytes(journal);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(journal, Arrays.copyOf(whole, cut));
            int facts = 0;
            while (facts + 1 < ends.size() && ends.get(facts + 1) <= cut) {
                facts++;
            }
            try (FileInFlightStore store = open()) {
                assertEquals(states.get(facts), store.load(), "cut at " + cut);
                store.received(77);
            }
            try (FileInFlightStore store = open()) {
                assertTrue(store.load().received().contains(77), "written after a cut at " + cut);
            }
        }
    }

    @Test
    void believesNoByteThatHasChanged() throws IOException {
        try (FileInFlightStore store = open()) {
            store.accepted(1, A);
        }
        Path journal = directory.resolve("journal");
        byte[] whole = Files.readAllBytes(journal);
        for (int at = 8; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(journal, changed);
            try (FileInFlightStore store = open()) {
                assertEquals(List.of(), store.load().outgoing(), "changed at " + at);
            }
        }
    }

    @Test
    void refusesAFileOfSomebodyElse() throws IOException {
        Files.writeString(directory.resolve("journal"), "dear diary");
        assertThrows(UncheckedIOException.class, this::open);
        assertEquals("dear diary", Files.readString(directory.resolve("journal")));
    }

    @Test
    void refusesASecondUser() {
        try (FileInFlightStore store = open()) {
            store.received(1);
            assertThrows(UncheckedIOException.class, this::open);
        }
        open().close();
    }

    /** Not an end that was never written: facts are missing, and somebody may want to know which. */
    @Test
    void keepsWhatStandsBehindADamagedLine() throws IOException {
        Path journal = directory.resolve("journal");
        try (FileInFlightStore store = open()) {
            store.received(1);
        }
        int damaged = (int) Files.size(journal);
        try (FileInFlightStore store = open()) {
            store.received(2);
            store.received(3);
        }
        byte[] bytes = Files.readAllBytes(journal);
        bytes[damaged + 10] ^= 1;
        Files.write(journal, bytes);
        for (int i = 0; i < 2; i++) {
            try (FileInFlightStore store = open()) {
                assertEquals(Set.of(1), store.load().received());
            }
            assertArrayEquals(
                    Arrays.copyOfRange(bytes, damaged, bytes.length),
                    Files.readAllBytes(directory.resolve("journal.damaged")));
        }
    }

    @Test
    void makesNoFileOfAnEndThatWasNeverWritten() throws IOException {
        Path journal = directory.resolve("journal");
        try (FileInFlightStore store = open()) {
            store.accepted(1, A);
        }
        Files.write(journal, Arrays.copyOf(Files.readAllBytes(journal), (int) Files.size(journal) - 1));
        open().close();
        assertFalse(Files.exists(directory.resolve("journal.damaged")));
    }

    @Test
    void goesOnWithItsFileWhereItCannotBeWrittenAnew() throws IOException {
        Files.createDirectories(directory.resolve("journal.new"));
        assertThrows(UncheckedIOException.class, () -> {
            Files.createFile(directory.resolve("journal.new/in the way"));
            open();
        });
        Files.delete(directory.resolve("journal.new/in the way"));
        try (FileInFlightStore store = open()) {
            fill(store);
            Files.createDirectories(directory.resolve("journal.new"));
            store.compact();
            store.accepted(3, B);
            store.completed(3);
        }
        try (FileInFlightStore store = open()) {
            assertEquals(FILLED, store.load());
            assertEquals(3, store.acceptedCount());
        }
    }

    @Test
    void isFreeAgainAfterAnOpeningThatFailed() throws IOException {
        Files.writeString(directory.resolve("journal"), "dear diary");
        assertThrows(UncheckedIOException.class, this::open);
        Files.delete(directory.resolve("journal"));
        open().close();
    }

    @Test
    void servesNobodyOnceItIsClosed() {
        FileInFlightStore store = open();
        store.close();
        assertThrows(IllegalStateException.class, store::load);
        assertThrows(UncheckedIOException.class, () -> store.received(1));
    }

    /** The same facts, where each has to reach the disk: a new name has to as well. */
    @Test
    void keepsTheSameWhereItWaitsForTheDisk() {
        Path journal = directory.resolve("journal");
        try (FileInFlightStore store = FileInFlightStore.open(journal, Durability.POWER)) {
            fill(store);
            store.compact();
        }
        try (FileInFlightStore store = open()) {
            assertEquals(FILLED, store.load());
        }
    }
}
