package io.lws.http.form;

import io.lws.ProtocolException;
import io.lws.http.HttpStatus;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form of either kind from the content of a request: feed it in {@code onBody}, end it in {@code onBodyComplete}.
 * Violations are a {@link ProtocolException} with the status to answer: 400 malformed, 413 beyond a limit, 415 no form.
 */
public final class FormReader {
    private final FormParser parser;

    private FormReader(FormParser parser) {
        this.parser = parser;
    }

    /** {@code contentType} is the field of the request; what is no form is a {@link ProtocolException} 415. */
    public static FormReader of(@Nullable String contentType, FormLimits limits, FormHandler handler) {
        String text = contentType == null ? "" : contentType;
        int semicolon = text.indexOf(';');
        String type =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        FormEvents events = new FormEvents(limits, handler);
        switch (type) {
            case "application/x-www-form-urlencoded":
                return new FormReader(new UrlEncodedParser(limits, events));
            case "multipart/form-data":
                String boundary = semicolon < 0
                        ? null
                        : FieldParameters.of(text.substring(semicolon)).get("boundary");
                return new FormReader(new MultipartParser(boundary, limits, events));
            default:
                throw new ProtocolException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not a form");
        }
    }

    /** Reads all of {@code rx}. */
    public void feed(ByteBuffer rx) {
        parser.feed(rx);
    }

    /** There is no more; 400 when there should be. */
    public void end() {
        parser.end();
    }
}
