package io.lws.http.form;

import io.lws.http.QueryParams;
import java.nio.ByteBuffer;

/** {@code name=value&name=value}, decoded as {@link QueryParams} says. */
final class UrlEncodedParser implements FormParser {
    /** An octet may be sent as three. */
    private static final int ENCODED = 3;

    private final FormEvents events;
    private final FormLimits limits;
    private final Octets name;
    private final Octets value;
    private boolean inValue;

    UrlEncodedParser(FormLimits limits, FormEvents events) {
        this.events = events;
        this.limits = limits;
        name = new Octets(ENCODED * limits.nameBytes(), "a name");
        value = new Octets(ENCODED * limits.fieldBytes(), "a field");
    }

    @Override
    public void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '&') {
                endPair();
            } else if (b == '=' && !inValue) {
                inValue = true;
            } else {
                (inValue ? value : name).add(b);
            }
        }
    }

    private void endPair() {
        if (inValue || name.length() > 0) {
            events.countOne();
            events.field(
                    within(limits.nameBytes(), "a name", QueryParams.decode(name.take())),
                    within(limits.fieldBytes(), "a field", QueryParams.decode(value.take())));
        }
        inValue = false;
    }

    private static String within(int maxBytes, String what, String decoded) {
        if (decoded.length() > maxBytes) {
            throw FormEvents.tooLarge(what + " is longer than " + maxBytes + " bytes");
        }
        return decoded;
    }

    @Override
    public void end() {
        endPair();
        events.end();
    }
}
