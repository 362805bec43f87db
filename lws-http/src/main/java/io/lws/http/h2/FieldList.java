package io.lws.http.h2;

import io.lws.http.RequestHeaders;
import io.lws.http.hpack.HeaderField;
import io.lws.http.hpack.HpackDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one decoded block in their order. As headers it shows only those behind the pseudo-header fields. */
final class FieldList implements RequestHeaders, HpackDecoder.Sink {
    private static final int FIRST_SLOTS = 16;

    private @Nullable HeaderField[] fields = new @Nullable HeaderField[FIRST_SLOTS];
    private int count;
    private int pseudoCount;

    @Override
    public void field(HeaderField field) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count * 2);
        }
        fields[count++] = field;
    }

    void clear() {
        Arrays.fill(fields, 0, count, null);
        count = 0;
        pseudoCount = 0;
    }

    int count() {
        return count;
    }

    HeaderField at(int index) {
        HeaderField field = index < count ? fields[index] : null;
        if (field == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return field;
    }

    /** So many at the front are pseudo-header fields. */
    void hidePseudo(int number) {
        pseudoCount = number;
    }

    @Override
    public @Nullable String header(String name) {
        int first = next(name, pseudoCount);
        if (first < 0) {
            return null;
        }
        return next(name, first + 1) < 0
                ? at(first).value()
                : String.join(name.equalsIgnoreCase("cookie") ? "; " : ", ", headers(name));
    }

    @Override
    public List<String> headers(String name) {
        int at = next(name, pseudoCount);
        if (at < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (; at >= 0; at = next(name, at + 1)) {
            values.add(at(at).value());
        }
        return values;
    }

    @Override
    public int headerCount() {
        return count - pseudoCount;
    }

    @Override
    public String headerName(int index) {
        return at(checked(index)).name();
    }

    @Override
    public String headerValue(int index) {
        return at(checked(index)).value();
    }

    @Override
    public boolean isHeaderSecret(int index) {
        return at(checked(index)).isSecret();
    }

    private int checked(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return index + pseudoCount;
    }

    private int next(String name, int from) {
        for (int i = from; i < count; i++) {
            HeaderField field = fields[i];
            if (field != null
                    && field.name().length() == name.length()
                    && field.name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
