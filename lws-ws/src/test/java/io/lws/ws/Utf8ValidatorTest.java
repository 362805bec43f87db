package io.lws.ws;

import static io.lws.ws.Frames.hex;
import static io.lws.ws.Frames.join;
import static io.lws.ws.Frames.masked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ValidatorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbd",
                "efbfbe",
                "efbfbf",
                "f0908080",
                "f09fbfbf",
                "f48fbfbf",
                "f48fbfbe",
                "cebae1bdb9cf83cebcceb5",
                "e6b0b4",
                "e282ac",
                "f09f9880",
                "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121"
            })
    void takes(String utf8) {
        byte[] text = hex(utf8);
        SplitFeeder.assertEvents(Frames::server, masked(0x81, text), List.of("TEXT " + Frames.Recorder.show(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // cut short
                "ce",
                "e1",
                "e1bd",
                "f0",
                "f09f",
                "f09f98",
                "c2",
                "cebae1",
                // tails without a lead, leads that never are
                "80",
                "bf",
                "c0",
                "c1",
                "f5",
                "f8888080 80",
                "fc84808080 80",
                "fe",
                "ff",
                "fefe ffff",
                // overlong
                "c080",
                "c1bf",
                "e08080",
                "e09fbf",
                "f0808080",
                "f08fbfbf",
                "f88080 8080",
                // surrogates, alone and in pairs
                "eda080",
                "edadbf",
                "edae80",
                "edbfbf",
                "eda080edb080",
                "edafbfedbfbf",
                // above U+10FFFF
                "f4908080",
                "f7bfbfbf",
                // a lead where a tail belongs
                "e141",
                "c3c3",
                "f09f41",
                "e1bde1bdb9",
                // deep in ASCII
                "4142434445464748 4142434445464748 80",
                "41424344454647 c0",
                "cebae1bdb9cf83cebcceb5 eda080 656469746564"
            })
    void rejects(String notUtf8) {
        byte[] text = hex(notUtf8);
        SplitFeeder.assertEvents(Frames::server, masked(0x81, text), List.of("FAIL 1007"));
        SplitFeeder.assertEvents(Frames::server, join(masked(0x01, ""), masked(0x80, text)), List.of("FAIL 1007"));
    }

    @Test
    void failsAtTheFirstBadByte() {
        byte[] text = hex("cebae1bdb9cf83cebcceb5 f4 90 8080 656469746564");
        ByteBuffer in = ByteBuffer.wrap(text);
        assertNotEquals(Utf8Validator.INVALID, Utf8Validator.advance(0, in, 0, 12));
        assertEquals(Utf8Validator.INVALID, Utf8Validator.advance(0, in, 0, 13));
    }

    @Test
    void agreesWithTheJdkAtEverySplit() {
        Random random = new Random(20_26);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = round % 2 == 0 ? randomText(random) : damaged(random);
            boolean expected = jdkSays(bytes);
            ByteBuffer in = direct(bytes);
            for (int cut = 0; cut <= bytes.length; cut++) {
                int state = Utf8Validator.advance(Utf8Validator.BOUNDARY, in, 0, cut);
                if (state != Utf8Validator.INVALID) {
                    state = Utf8Validator.advance(state, in, cut, bytes.length);
                }
                assertEquals(
                        expected,
                        state == Utf8Validator.BOUNDARY,
                        () -> HexFormat.of().formatHex(bytes));
            }
        }
    }

    private static byte[] randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            int bits = 1 + random.nextInt(20);
            int point = random.nextInt(1 << bits);
            text.append(point >= 0xd800 && point <= 0xdfff ? "abcdefgh" : Character.toString(point));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = randomText(random);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static boolean jdkSays(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
