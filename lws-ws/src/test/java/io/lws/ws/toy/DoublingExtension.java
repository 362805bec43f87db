package io.lws.ws.toy;

import io.lws.ProtocolException;
import io.lws.ws.WsAgreement;
import io.lws.ws.WsCloseCode;
import io.lws.ws.WsExtension;
import io.lws.ws.WsExtensionTerms;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsTransform;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends each byte of a text as often as {@code times} says, and hears of it when one was changed on the way. From a package
 * of its own: what it needs is public.
 */
public final class DoublingExtension implements WsExtension {
    private static final String NAME = "x-repeat";
    private static final int MOST = 3;

    private final int wish;
    private int madeForMany;

    public DoublingExtension(int wish) {
        this.wish = wish;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public WsExtensionTerms offer() {
        return terms(wish);
    }

    private static WsExtensionTerms terms(int times) {
        return new WsExtensionTerms(NAME, List.of(new WsExtensionTerms.Parameter("times", Integer.toString(times))));
    }

    @Override
    public @Nullable WsAgreement answer(WsExtensionTerms offer) {
        int asked = times(offer);
        return asked < 1 ? null : agreement(Math.min(asked, MOST));
    }

    @Override
    public WsAgreement accepted(WsExtensionTerms answer) {
        int times = times(answer);
        if (times < 1 || times > wish) {
            throw new ProtocolException(WsCloseCode.MANDATORY_EXTENSION, "more often than was offered");
        }
        return agreement(times);
    }

    private static int times(WsExtensionTerms terms) {
        if (terms.parameters().size() != 1 || !terms.parameters().get(0).name().equals("times")) {
            return 0;
        }
        String value = terms.parameters().get(0).value();
        return value != null && value.matches("[1-9]") ? Integer.parseInt(value) : 0;
    }

    private WsAgreement agreement(int times) {
        return new WsAgreement(
                terms(times), WsAgreement.ReservedBit.RSV2, net -> new Repeat(times), net -> new Compare(times));
    }

    /** How many messages were transformed once for several connections. */
    public int madeForMany() {
        return madeForMany;
    }

    private record Times(int times) {}

    private final class Repeat implements WsTransform, WsTransform.ForMany {
        private final int times;

        Repeat(int times) {
            this.times = times;
        }

        @Override
        public boolean wants(WsOpcode opcode, WsPart part, int lengthBytes) {
            return opcode == WsOpcode.TEXT;
        }

        @Override
        public ForMany forMany() {
            return this;
        }

        @Override
        public Object key() {
            return new Times(times);
        }

        @Override
        public WsTransform transform() {
            madeForMany++;
            return new Repeat(times);
        }

        @Override
        public Progress transform(ByteBuffer in, WsPart part, ByteBuffer out) {
            while (in.hasRemaining()) {
                if (out.remaining() < times) {
                    return Progress.FULL;
                }
                byte octet = in.get();
                for (int i = 0; i < times; i++) {
                    out.put(octet);
                }
            }
            return Progress.DONE;
        }
    }

    private static final class Compare implements WsTransform {
        private final int times;
        private int seen;
        private byte octet;

        Compare(int times) {
            this.times = times;
        }

        @Override
        public Progress transform(ByteBuffer in, WsPart part, ByteBuffer out) {
            while (in.hasRemaining()) {
                if (!out.hasRemaining()) {
                    return Progress.FULL;
                }
                take(in.get(), out);
            }
            if (part.isLast() && seen != 0) {
                throw new ProtocolException(WsCloseCode.INVALID_PAYLOAD, "said too seldom");
            }
            return Progress.DONE;
        }

        private void take(byte next, ByteBuffer out) {
            if (seen > 0 && next != octet) {
                throw new ProtocolException(WsCloseCode.INVALID_PAYLOAD, "said differently");
            }
            octet = next;
            if (++seen == times) {
                seen = 0;
                out.put(octet);
            }
        }

        @Override
        public void end() {
            seen = 0;
        }
    }
}
