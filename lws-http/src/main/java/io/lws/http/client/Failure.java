package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.http.HttpMethod;
import io.lws.http.HttpStatus;
import io.lws.http.client.HttpClientException.Reason;

/** What the end of a connection means for the exchange on it. */
final class Failure {
    private Failure() {}

    static HttpClientException of(CloseInfo why, ClientRequest request) {
        String where = request.target().authority() + ": " + why.reason();
        return switch (why.initiator()) {
            case PROTOCOL ->
                new HttpClientException(
                        isTooLarge(why.code()) ? Reason.TOO_LARGE : Reason.BAD_RESPONSE, where, why.cause());
            case TIMEOUT -> new HttpClientException(Reason.TIMEOUT, where, why.cause());
            case LOCAL -> new HttpClientException(Reason.CLOSED, where, why.cause());
            case CALLBACK -> new HttpClientException(Reason.CANCELLED, where, why.cause());
            case NETWORK, PEER -> new HttpClientException(Reason.CONNECTION_LOST, where, why.cause());
        };
    }

    private static boolean isTooLarge(int code) {
        return code == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                || code == HttpStatus.URI_TOO_LONG
                || code == HttpStatus.CONTENT_TOO_LARGE;
    }

    /** Whether asking twice is as good as once (RFC 9110 9.2.2). */
    static boolean isIdempotent(HttpMethod method) {
        return method.isSafe() || method == HttpMethod.PUT || method == HttpMethod.DELETE;
    }
}
