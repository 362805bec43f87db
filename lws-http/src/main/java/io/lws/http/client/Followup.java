package io.lws.http.client;

import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.client.HttpClientException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response asks the client to do before its user hears of it. */
final class Followup {
    /** A server whose nonces are old as soon as they are used would have the client ask for ever. */
    private static final int MAX_STALE_ANSWERS = 3;

    private Followup() {}

    /**
     * The request that {@code response} leads to, or null when the response is what was asked for.
     *
     * @throws HttpClientException when it leads where the client does not go
     */
    static @Nullable ClientRequest of(ClientRequest request, HttpResponse response) throws HttpClientException {
        if (response.status() == HttpStatus.EXPECTATION_FAILED && request.expect() == ClientRequest.Expect.CONTINUE) {
            return request.toBuilder(request.method(), request.target())
                    .expectNothing()
                    .build();
        }
        if (response.status() == HttpStatus.UNAUTHORIZED) {
            return authorized(request, response);
        }
        String location = location(response);
        return location == null ? null : redirected(request, response.status(), location);
    }

    /** Once, and again when the server only wants a newer nonce: it knows by then that the password is right. */
    private static @Nullable ClientRequest authorized(ClientRequest request, HttpResponse response) {
        Credentials who = request.credentials();
        List<Challenge> challenges = Challenge.parse(response.headers("www-authenticate"));
        boolean answered = !request.authorization().isEmpty();
        boolean again = Authentication.isStale(challenges) && request.staleAnswers() < MAX_STALE_ANSWERS;
        if (who == null || answered && !again) {
            return null;
        }
        String answer = Authentication.answer(
                challenges, who, request.method().name(), request.target().pathAndQuery());
        if (answer == null) {
            return null;
        }
        ClientRequest.Builder next = request.toBuilder(request.method(), request.target());
        return (answered ? next.anotherStaleAnswer() : next)
                .authorization(answer)
                .build();
    }

    private static @Nullable String location(HttpResponse response) {
        boolean redirects = switch (response.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        List<String> locations = redirects ? response.headers("location") : List.of();
        return locations.size() == 1 ? locations.get(0) : null;
    }

    private static ClientRequest redirected(ClientRequest request, int status, String location)
            throws HttpClientException {
        HttpTarget to;
        try {
            to = request.target().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HttpClientException(Reason.REDIRECT, "redirected to what cannot be asked: " + e.getMessage(), e);
        }
        if (request.target().isSecure() && !to.isSecure()) {
            throw new HttpClientException(Reason.REDIRECT, "redirected from https to http");
        }
        HttpMethod method = method(request.method(), status);
        ClientRequest.Builder next = request.toBuilder(method, to);
        if (!method.equals(request.method())) {
            next.withoutBody();
        }
        if (!to.isSameOrigin(request.target())) {
            next.forOtherOrigin();
        }
        return next.build();
    }

    /** RFC 9110 15.4: 303 asks for GET; of 301 and 302 history has made the same for POST. */
    private static HttpMethod method(HttpMethod method, int status) {
        boolean read = method == HttpMethod.HEAD || method == HttpMethod.GET;
        boolean get = status == 303 && !read || status <= 302 && method == HttpMethod.POST;
        return get ? HttpMethod.GET : method;
    }
}
