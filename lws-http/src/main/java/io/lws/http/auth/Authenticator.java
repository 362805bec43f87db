package io.lws.http.auth;

import io.lws.http.Headers;
import io.lws.http.HttpRequest;

/** Finds out who sent a request. Asked on any loop's thread, also at the same time; must not block for long. */
public interface Authenticator {
    /** What came of it. */
    sealed interface Verdict {
        /** It is that user. */
        record Granted(String user) implements Verdict {}

        /** Nobody known: 401 with these fields, which ask again. */
        record Denied(Headers challenge) implements Verdict {}
    }

    Verdict check(HttpRequest request);
}
