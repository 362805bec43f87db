package io.lws.http.form;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes multipart/form-data apart (RFC 7578, RFC 2046 5.1). A delimiter may be cut anywhere: it holds no CR but its first
 * octet, so that what turns out not to be one can only begin anew with a CR.
 */
final class MultipartParser implements FormParser {
    private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";
    private static final int MAX_BOUNDARY_CHARS = 70;
    private static final int MAX_PADDING_BYTES = 64;

    private enum State {
        /** Before the first delimiter. */
        PREAMBLE,
        /** Behind a delimiter. */
        DELIMITED,
        /** Behind a delimiter and a hyphen. */
        HYPHEN,
        /** Behind a delimiter and CR. */
        CR,
        HEADER,
        CONTENT,
        EPILOGUE
    }

    private final byte[] delimiter;
    private final FormLimits limits;
    private final FormEvents events;
    private final Octets header;
    private final Octets value;
    private State state = State.PREAMBLE;
    /** How much of the delimiter the octets just read are; the first may stand without its CRLF. */
    private int matched = 2;

    private int padding;
    private int endOfHeader;
    private @Nullable PartHeader part;
    private @Nullable FormFile file;

    MultipartParser(@Nullable String boundary, FormLimits limits, FormEvents events) {
        if (boundary == null || !isBoundary(boundary)) {
            throw FormEvents.malformed("no boundary");
        }
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.limits = limits;
        this.events = events;
        header = new Octets(limits.partHeaderBytes(), "the header of a part");
        value = new Octets(limits.fieldBytes(), "a field");
    }

    private static boolean isBoundary(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_BOUNDARY_CHARS
                && !text.endsWith(" ")
                && text.chars()
                        .allMatch(c -> c >= '0' && c <= '9'
                                || c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || BOUNDARY_MARKS.indexOf(c) >= 0);
    }

    @Override
    public void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (state) {
                case PREAMBLE, CONTENT -> content(in);
                case DELIMITED -> delimited(in.get());
                case HYPHEN -> state = expect(in.get(), '-', State.EPILOGUE);
                case CR -> state = expect(in.get(), '\n', State.HEADER);
                case HEADER -> header(in.get());
                case EPILOGUE -> in.position(in.limit());
            }
        }
    }

    /** Reads up to a delimiter or to the end, and hands on what is content for certain. */
    private void content(ByteBuffer in) {
        int from = in.position();
        int heldBefore = matched; // of those, the octets came earlier
        int at = from;
        int end = in.limit();
        while (at < end && matched < delimiter.length) {
            byte b = in.get(at);
            if (b == delimiter[matched]) {
                matched++;
            } else {
                if (heldBefore > 0) {
                    emit(ByteBuffer.wrap(delimiter, 0, heldBefore));
                    heldBefore = 0;
                }
                matched = b == delimiter[0] ? 1 : 0;
            }
            at++;
        }
        int held = Math.min(matched - heldBefore, at - from);
        emitSlice(in, from, at - held);
        in.position(at);
        if (matched == delimiter.length) {
            endPart();
            matched = 0;
            padding = 0;
            state = State.DELIMITED;
        }
    }

    private void emitSlice(ByteBuffer in, int from, int to) {
        if (to > from) {
            emit(in.duplicate().limit(to).position(from));
        }
    }

    private void emit(ByteBuffer content) {
        if (state != State.CONTENT) {
            return;
        }
        if (file != null) {
            events.fileContent(file, content);
        } else {
            value.addAll(content);
        }
    }

    private void delimited(byte b) {
        if (b == '\r') {
            state = State.CR;
        } else if (b == '-' && padding == 0) {
            state = State.HYPHEN;
        } else if (b != ' ' && b != '\t' || ++padding > MAX_PADDING_BYTES) {
            throw FormEvents.malformed("a line begins with the boundary and goes on");
        }
        endOfHeader = 2; // a header may be empty, and then has no CRLF of its own
    }

    private static State expect(byte b, char wanted, State next) {
        if (b != wanted) {
            throw FormEvents.malformed("a line begins with the boundary and goes on");
        }
        return next;
    }

    private void header(byte b) {
        header.add(b);
        boolean next = b == (endOfHeader % 2 == 0 ? '\r' : '\n');
        endOfHeader = next ? endOfHeader + 1 : b == '\r' ? 1 : 0;
        if (endOfHeader == 4) {
            beginPart(PartHeader.parse(header.take(), limits.nameBytes()));
        }
    }

    private void beginPart(PartHeader begun) {
        events.countOne();
        part = begun;
        if (begun.fileName() != null) {
            file = new FormFile(begun.name(), begun.fileName(), begun.contentType());
            events.fileStart(file);
        }
        state = State.CONTENT;
        matched = 0;
    }

    private void endPart() {
        PartHeader ended = part;
        if (ended == null) {
            return;
        }
        if (file != null) {
            events.fileEnd(file);
        } else {
            events.field(ended.name(), value.take());
        }
        part = null;
        file = null;
    }

    @Override
    public void end() {
        if (state != State.EPILOGUE) {
            throw FormEvents.malformed("a form ends before its last boundary");
        }
        events.end();
    }
}
