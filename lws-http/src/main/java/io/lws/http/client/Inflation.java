package io.lws.http.client;

import io.lws.http.coding.ContentDecoder;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Undoes {@code gzip} (RFC 1952, several members) or {@code deflate} (zlib, RFC 1950, or bare, as some send it). */
final class Inflation implements ContentDecoder {
    private enum State {
        /** Octets 0 to 9 of a gzip member; then what its flags announce. */
        GZIP_HEAD,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEAD_CRC,
        /** The first octet tells zlib from bare deflate. */
        DEFLATE_START,
        DATA,
        GZIP_TRAILER,
        /** Complete; another gzip member may follow. */
        DONE
    }

    private static final int FLAG_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;
    private static final int HEAD_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b, 8};

    private final boolean gzip;
    private final CRC32 crc = new CRC32();
    private @Nullable Inflater inflater;
    private State state;
    private int at;
    private int flags;
    private int extraBytes;
    private long trailer;
    private long memberBytes;

    private Inflation(boolean gzip) {
        this.gzip = gzip;
        state = gzip ? State.GZIP_HEAD : State.DEFLATE_START;
    }

    static Inflation gzip() {
        return new Inflation(true);
    }

    static Inflation deflate() {
        return new Inflation(false);
    }

    @Override
    public void decode(ByteBuffer in, ByteBuffer out) throws DataFormatException {
        while (out.hasRemaining()) {
            if (state == State.DATA) {
                if (!inflate(in, out)) {
                    return;
                }
            } else if (in.hasRemaining()) {
                step(in);
            } else {
                return;
            }
        }
    }

    /** False when more must arrive. */
    private boolean inflate(ByteBuffer in, ByteBuffer out) throws DataFormatException {
        Inflater engine = engine();
        engine.setInput(in);
        int from = out.position();
        engine.inflate(out);
        int n = out.position() - from;
        memberBytes += n;
        if (gzip && n > 0) {
            crc.update(out.duplicate().flip().position(from));
        }
        if (engine.needsDictionary()) {
            throw new DataFormatException("preset dictionary");
        }
        if (engine.finished()) {
            state = gzip ? State.GZIP_TRAILER : State.DONE;
            at = 0;
            trailer = 0;
            return true;
        }
        return n > 0 || in.hasRemaining();
    }

    private Inflater engine() {
        Inflater engine = inflater;
        if (engine == null) {
            engine = new Inflater(true);
            inflater = engine;
        }
        return engine;
    }

    private void step(ByteBuffer in) throws DataFormatException {
        if (state == State.DEFLATE_START) {
            boolean zlib = (in.get(in.position()) & 0x0f) == 8;
            inflater = new Inflater(!zlib);
            state = State.DATA;
            return;
        }
        int octet = in.get() & 0xff;
        switch (state) {
            case GZIP_HEAD -> head(octet);
            case EXTRA_LENGTH -> {
                extraBytes |= octet << 8 * at;
                if (++at == 2) {
                    enter(extraBytes == 0 ? State.NAME : State.EXTRA);
                }
            }
            case EXTRA -> {
                if (++at == extraBytes) {
                    enter(State.NAME);
                }
            }
            case NAME, COMMENT -> {
                if (octet == 0) {
                    enter(state == State.NAME ? State.COMMENT : State.HEAD_CRC);
                }
            }
            case HEAD_CRC -> {
                if (++at == 2) {
                    enter(State.DATA);
                }
            }
            case GZIP_TRAILER -> trailer(octet);
            case DONE -> again(octet);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void head(int octet) throws DataFormatException {
        if (at < MAGIC.length && octet != (MAGIC[at] & 0xff)) {
            throw new DataFormatException("not gzip");
        }
        if (at == MAGIC.length) {
            flags = octet;
            if ((flags & RESERVED_FLAGS) != 0) {
                throw new DataFormatException("reserved gzip flags");
            }
        }
        if (++at == HEAD_BYTES) {
            extraBytes = 0;
            enter(State.EXTRA_LENGTH);
        }
    }

    /** Goes to {@code next}, or to the first behind it that the flags announce. */
    private void enter(State next) {
        at = 0;
        state = next;
        boolean absent = switch (next) {
            case EXTRA_LENGTH -> (flags & FLAG_EXTRA) == 0;
            case NAME -> (flags & FLAG_NAME) == 0;
            case COMMENT -> (flags & FLAG_COMMENT) == 0;
            case HEAD_CRC -> (flags & FLAG_CRC) == 0;
            default -> false;
        };
        if (absent) {
            enter(
                    switch (next) {
                        case EXTRA_LENGTH -> State.NAME;
                        case NAME -> State.COMMENT;
                        case COMMENT -> State.HEAD_CRC;
                        default -> State.DATA;
                    });
        }
    }

    private void trailer(int octet) throws DataFormatException {
        trailer |= (long) octet << 8 * at;
        if (++at == TRAILER_BYTES) {
            boolean right = (trailer & 0xffffffffL) == crc.getValue() && trailer >>> 32 == (memberBytes & 0xffffffffL);
            if (!right) {
                throw new DataFormatException("gzip check sum or length is wrong");
            }
            state = State.DONE;
        }
    }

    private void again(int octet) throws DataFormatException {
        if (!gzip) {
            throw new DataFormatException("octets behind the end");
        }
        engine().reset();
        crc.reset();
        memberBytes = 0;
        at = 0;
        state = State.GZIP_HEAD;
        head(octet);
    }

    @Override
    public boolean isDone() {
        return state == State.DONE;
    }

    @Override
    public void close() {
        Inflater engine = inflater;
        inflater = null;
        if (engine != null) {
            engine.end();
        }
    }
}
