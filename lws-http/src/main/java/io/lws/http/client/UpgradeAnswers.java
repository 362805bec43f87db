package io.lws.http.client;

import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.h1.H1AnswerReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For a role that has a connection of its own and asks on it, once, to leave HTTP/1.1: reads what the server answers, and
 * answers when it wants to know who asks. Sans I/O; one for each connection. Users want {@link HttpClient}.
 */
public final class UpgradeAnswers {
    private final H1AnswerReader reader = new H1AnswerReader();

    public UpgradeAnswers() {}

    /**
     * The answer's head at {@code in}'s position, which then stands behind it; null when it is not complete, and what is
     * left of {@code in} is to be offered again with more behind it. {@code ProtocolException} 502 for what is not HTTP/1.1.
     */
    public @Nullable HttpResponse read(ByteBuffer in) {
        return reader.read(in);
    }

    /**
     * The value of Authorization that answers the challenges of {@code refusal}, a 401: by Digest (RFC 7616), failing that
     * by Basic (RFC 7617). Null when none can be answered.
     *
     * @param userInfo {@code user:password}
     * @param target as in the request line
     */
    public static @Nullable String authorization(
            HttpResponse refusal, String userInfo, HttpMethod method, String target) {
        return Authentication.answer(challenges(refusal), Credentials.of(userInfo), method.name(), target);
    }

    /**
     * The value of Authorization by RFC 7617, for who knows already that Basic is what the server wants.
     *
     * @param userInfo {@code user:password}
     */
    public static String basic(String userInfo) {
        return Credentials.of(userInfo).basic();
    }

    /** Whether the server has seen by the last answer who asks, and only wants the same with a newer nonce. */
    public static boolean isStale(HttpResponse refusal) {
        return Authentication.isStale(challenges(refusal));
    }

    private static List<Challenge> challenges(HttpResponse refusal) {
        return Challenge.parse(refusal.headers("www-authenticate"));
    }
}
