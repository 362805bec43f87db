package io.lws.http.h1;

import io.lws.ProtocolException;
import io.lws.http.HttpStatus;

/**
 * What a peer can do wrong, as the status it is told. After any of them the connection closes: its framing is in
 * doubt.
 */
final class Violation {
    private Violation() {}

    static ProtocolException badRequest(String why) {
        return new ProtocolException(HttpStatus.BAD_REQUEST, why);
    }

    static ProtocolException uriTooLong() {
        return new ProtocolException(HttpStatus.URI_TOO_LONG, "start line too long");
    }

    static ProtocolException headersTooLarge(String why) {
        return new ProtocolException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, why);
    }

    static ProtocolException contentTooLarge() {
        return new ProtocolException(HttpStatus.CONTENT_TOO_LARGE, "content longer than allowed");
    }

    static ProtocolException versionNotSupported() {
        return new ProtocolException(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.0 and HTTP/1.1 here");
    }

    static ProtocolException unknownTransferCoding() {
        return new ProtocolException(HttpStatus.NOT_IMPLEMENTED, "transfer coding other than chunked");
    }

    static ProtocolException unknownExpectation() {
        return new ProtocolException(HttpStatus.EXPECTATION_FAILED, "expectation other than 100-continue");
    }
}
