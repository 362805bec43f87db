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
        ByteBuffer in = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        int headBytes = 0;
        while (headBytes == 0 || in.position() < headBytes + body.length) {
            if (Dial.read(channel, in) < 0) {
                throw new WrongAnswer("the server closed before the end of its answer");
            }
            headBytes = headBytes == 0 ? endOfHead(in) : headBytes;
        }
        check(in, headBytes, body);
        return headBytes;
    }

    private static int endOfHead(ByteBuffer in) {
        String text = new String(in.array(), 0, Math.min(in.position(), 16 << 10), StandardCharsets.ISO_8859_1);
        int emptyLine = text.indexOf("\r\n\r\n");
        return emptyLine < 0 ? 0 : emptyLine + 4;
    }

    private static void check(ByteBuffer in, int headBytes, byte[] body) {
        String head = new String(in.array(), 0, headBytes, StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new WrongAnswer("not a 200: " + head.lines().findFirst().orElse(""));
        }
        if (!field(head, "content-length").equals(Integer.toString(body.length))) {
            throw new WrongAnswer("Content-Length is not " + body.length + ":\n" + head);
        }
        byte[] got = Arrays.copyOfRange(in.array(), headBytes, in.position());
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
