package io.lws.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks twice on one connection and reads both answers with care: what the run then takes for granted (the length of the
 * head, the body) has been seen.
 */
final class HttpProbe {
    private static final int MAX_ANSWER_BYTES = 8 << 20;
    private static final int MAX_HEAD_BYTES = 16 << 10;

    private final Dial dial;

    HttpProbe(Dial dial) {
        this.dial = dial;
    }

    /** The length of the head of an answer to {@code request}, whose body is {@code body}. */
    int headBytes(byte[] request, byte[] body) throws IOException {
        try (SocketChannel channel = dial.connect()) {
            int first = ask(channel, request, body);
            int second = ask(channel, request, body);
            if (first != second) {
                throw new WrongAnswer("two answers to one request differ in length: " + first + " and " + second);
            }
            return first;
        }
    }

    private static int ask(SocketChannel channel, byte[] request, byte[] body) throws IOException {
        channel.write(ByteBuffer.wrap(request));
        byte[] in = new byte[MAX_ANSWER_BYTES];
        int got = 0;
        int headBytes = 0;
        while (headBytes == 0 || got < headBytes + body.length) {
            int n = Dial.read(channel, in, got);
            if (n < 0) {
                throw new WrongAnswer("the server closed before the end of its answer");
            }
            got += n;
            headBytes = headBytes == 0 ? endOfHead(in, got) : headBytes;
        }
        check(new String(in, 0, headBytes, StandardCharsets.ISO_8859_1), Arrays.copyOfRange(in, headBytes, got), body);
        return headBytes;
    }

    private static int endOfHead(byte[] in, int got) {
        String text = new String(in, 0, Math.min(got, MAX_HEAD_BYTES), StandardCharsets.ISO_8859_1);
        int emptyLine = text.indexOf("\r\n\r\n");
        return emptyLine < 0 ? 0 : emptyLine + 4;
    }

    private static void check(String head, byte[] got, byte[] body) {
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new WrongAnswer("not a 200: " + head.lines().findFirst().orElse(""));
        }
        if (!field(head, "content-length").equals(Integer.toString(body.length))) {
            throw new WrongAnswer("Content-Length is not " + body.length + ":\n" + head);
        }
        if (!Arrays.equals(got, body)) {
            throw new WrongAnswer("the body is not the one expected, " + got.length + " bytes");
        }
    }

    /** The value of a field whose name is given in lower case, or an empty text. */
    static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }
}
