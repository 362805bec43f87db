package io.lws.http.h2;

import io.lws.http.HttpResponse;
import io.lws.http.HttpVersion;
import io.lws.http.exchange.HeadFields;
import io.lws.http.hpack.HeaderField;

/** The head of a response, checked (RFC 9113 8.3.2): what is malformed is an error of its stream. */
final class H2ResponseHead implements HttpResponse, HeadFields {
    private static final int STATUS_DIGITS = 3;

    final FieldList fields;
    private final int status;
    private long contentLength = -1;

    H2ResponseHead(FieldList fields) {
        this.fields = fields;
        if (fields.count() == 0 || !fields.at(0).name().equals(":status")) {
            throw FieldRules.malformed("a response without a status");
        }
        status = statusOf(fields.at(0).value());
        fields.hidePseudo(1);
        for (int i = 1; i < fields.count(); i++) {
            HeaderField field = fields.at(i);
            FieldRules.checkRegular(field);
            if (field.name().equals("content-length")) {
                contentLength = FieldRules.length(field.value(), contentLength);
            }
        }
    }

    private static int statusOf(String digits) {
        int status = digits.length() == STATUS_DIGITS ? 0 : -1;
        for (int i = 0; i < digits.length() && status >= 0; i++) {
            char c = digits.charAt(i);
            status = c < '0' || c > '9' ? -1 : status * 10 + c - '0';
        }
        if (status < 100) {
            throw FieldRules.malformed("a status that is none");
        }
        return status;
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_2;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public FieldList fields() {
        return fields;
    }
}
