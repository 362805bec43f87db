package io.lws.http.client;

import io.lws.http.Authority;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.wire.WireRequest;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to ask an origin for. Immutable; may be sent many times. */
public final class ClientRequest {
    private static final Set<String> NOT_YOURS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "keep-alive");

    private final HttpMethod method;
    private final HttpTarget target;
    private final Headers headers;
    private final @Nullable RequestBody body;
    private final @Nullable Path unixSocket;
    private final @Nullable HttpTimeouts timeouts;
    private final Expect expect;
    private final String host;
    private final String upgrade;
    private final int maxRedirects;
    private final int credit;
    private final Content content;
    private final @Nullable Credentials credentials;
    private final String authorization;
    private final int staleAnswers;
    private final boolean targetSecret;

    /** What becomes of a response's content coding. */
    enum Content {
        /** Codings known here are offered and undone. */
        DECODED,
        /** None is offered, and content comes as it was sent. */
        AS_SENT
    }

    /** Whether the content waits for the origin's consent (RFC 9110 10.1.1). */
    enum Expect {
        NOTHING,
        CONTINUE
    }

    private ClientRequest(Builder from) {
        method = from.method;
        target = from.target;
        headers = from.headers.build();
        body = from.body;
        unixSocket = from.unixSocket;
        timeouts = from.timeouts;
        expect = from.expect;
        host = from.host;
        upgrade = from.upgrade;
        maxRedirects = from.maxRedirects;
        credit = from.credit;
        content = from.content;
        credentials = from.credentials;
        authorization = from.authorization;
        staleAnswers = from.staleAnswers;
        targetSecret = from.targetSecret;
    }

    public static Builder builder(HttpMethod method, String uri) {
        return new Builder(method, HttpTarget.of(uri));
    }

    public static ClientRequest get(String uri) {
        return builder(HttpMethod.GET, uri).build();
    }

    public static ClientRequest post(String uri, RequestBody body) {
        return builder(HttpMethod.POST, uri).body(body).build();
    }

    Builder toBuilder(HttpMethod newMethod, HttpTarget newTarget) {
        Builder copy = new Builder(newMethod, newTarget);
        copy.headers = headers.toBuilder();
        copy.body = body;
        copy.unixSocket = unixSocket;
        copy.timeouts = timeouts;
        copy.expect = expect;
        copy.host = host;
        copy.upgrade = upgrade;
        copy.maxRedirects = maxRedirects;
        copy.credit = credit;
        copy.content = content;
        copy.credentials = credentials;
        copy.staleAnswers = staleAnswers;
        copy.targetSecret = targetSecret;
        return copy;
    }

    public HttpMethod method() {
        return method;
    }

    /** Without user information and fragment. */
    public String uri() {
        return target.toString();
    }

    public Headers headers() {
        return headers;
    }

    HttpTarget target() {
        return target;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    @Nullable
    Path unixSocket() {
        return unixSocket;
    }

    @Nullable
    HttpTimeouts timeouts() {
        return timeouts;
    }

    Expect expect() {
        return expect;
    }

    String upgrade() {
        return upgrade;
    }

    boolean isTargetSecret() {
        return targetSecret;
    }

    /** {@link WireRequest#AUTOMATIC}, or what may come before more is given. */
    int credit() {
        return credit;
    }

    /** Negative where the client's own number counts. */
    int maxRedirects() {
        return maxRedirects;
    }

    /** Who to be when the origin asks; what stands in the URI counts too. */
    @Nullable
    Credentials credentials() {
        String own = target.userInfo();
        return credentials == null && own != null ? Credentials.of(own) : credentials;
    }

    /** The answer to a challenge; empty where there was none. */
    String authorization() {
        return authorization;
    }

    /** How many answers to challenges have come too late. */
    int staleAnswers() {
        return staleAnswers;
    }

    /** What the request says itself about codings, or about ranges of them, is taken seriously. */
    boolean isDecoded() {
        return content == Content.DECODED
                && credit == WireRequest.AUTOMATIC
                && headers.get("accept-encoding") == null
                && headers.get("range") == null;
    }

    /** For the {@code Host} field. */
    String authority() {
        return host.isEmpty() ? target.authority() : host;
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    /** Collects what a request is. Not thread-safe. */
    public static final class Builder {
        private final HttpMethod method;
        private HttpTarget target;
        private Headers.Builder headers = Headers.builder();
        private @Nullable RequestBody body;
        private @Nullable Path unixSocket;
        private @Nullable HttpTimeouts timeouts;
        private Expect expect = Expect.NOTHING;
        private String host = "";
        private String upgrade = "";
        private int maxRedirects = -1;
        private int credit = WireRequest.AUTOMATIC;
        private Content content = Content.DECODED;
        private @Nullable Credentials credentials;
        private String authorization = "";
        private int staleAnswers;
        private boolean targetSecret;

        private Builder(HttpMethod method, HttpTarget target) {
            this.method = method;
            this.target = target;
        }

        /** Adds a field. Those that frame the message or name its connection are refused: they are the client's. */
        public Builder header(String name, String value) {
            return header(name, value, false);
        }

        private Builder header(String name, String value, boolean secret) {
            if (NOT_YOURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(name + " is not yours to set");
            }
            headers.add(name, value, secret);
            return this;
        }

        /** Adds fields, see {@link #header}; secrets stay secrets. */
        public Builder headers(Headers more) {
            for (int i = 0; i < more.size(); i++) {
                header(more.name(i), more.value(i), more.isSecret(i));
            }
            return this;
        }

        public Builder body(RequestBody content) {
            body = content;
            return this;
        }

        /** Asks for another host than the one that is connected to. */
        public Builder host(String authority) {
            if (!Authority.isValid(authority)) {
                throw new IllegalArgumentException("not a host: " + authority);
            }
            host = authority;
            return this;
        }

        /** Path and query as they are to be sent, in place of the URI's. */
        public Builder target(String pathAndQuery) {
            boolean visible = pathAndQuery.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
            if (!visible || !pathAndQuery.startsWith("/") && !pathAndQuery.equals("*")) {
                throw new IllegalArgumentException("not a path: " + pathAndQuery);
            }
            target = target.withPath(pathAndQuery);
            return this;
        }

        /** As {@link #target}; HTTP/2 marks it as a secret: it stands in no table of the origin's, nor of whoever is behind. */
        public Builder secretTarget(String pathAndQuery) {
            targetSecret = true;
            return target(pathAndQuery);
        }

        /** Connects by way of this unix socket, whatever the host in the URI is. */
        public Builder unixSocket(Path path) {
            unixSocket = path;
            return this;
        }

        /** In place of the client's. */
        public Builder timeouts(HttpTimeouts limits) {
            timeouts = limits;
            return this;
        }

        /** Sends the content only when the origin has agreed, or has said nothing for a second. */
        public Builder expectContinue() {
            expect = Expect.CONTINUE;
            return this;
        }

        /** How many redirects to follow, in place of the client's number; 0 gives redirects as they come. */
        public Builder maxRedirects(int count) {
            maxRedirects = count;
            return this;
        }

        /**
         * Asks that the connection be switched to another protocol (RFC 9110 7.8); when the origin agrees the exchange's
         * protocol is told so by {@code onUpgraded}.
         */
        public Builder upgrade(String protocolName) {
            upgrade = protocolName;
            return this;
        }

        /** Gives content as it is sent: no coding is offered, and none undone. */
        public Builder undecoded() {
            content = Content.AS_SENT;
            return this;
        }

        /**
         * How many bytes of content the origin may send before {@link HttpExchange#giveCredit} gives it more, 0 or above.
         * No coding is offered, so that they are the bytes of {@code onBody}. For a client with {@link
         * HttpClient.Builder#creditByRequest}, and over HTTP/2: HTTP/1 has no credit, there {@code pauseRx} is what there is.
         */
        public Builder credit(int bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("credit cannot be negative: " + bytes);
            }
            credit = bytes;
            return this;
        }

        /** Who to be when the origin asks by a 401, with Digest or, failing that, Basic. Never told to another origin. */
        public Builder credentials(String user, String password) {
            credentials = new Credentials(user, password);
            return this;
        }

        /** Says who asks without being asked (RFC 7617). Over plain text everybody on the way can read it. */
        public Builder basicAuth(String user, String password) {
            return header("Authorization", new Credentials(user, password).basic());
        }

        /** One more answer with a newer nonce, where the one before was right but for that. */
        Builder anotherStaleAnswer() {
            staleAnswers++;
            return this;
        }

        Builder authorization(String value) {
            authorization = value;
            return this;
        }

        /** What was said about the content goes with it (RFC 9110 15.4). */
        Builder withoutBody() {
            body = null;
            expect = Expect.NOTHING;
            headers = headers.build().without(name -> name.startsWith("content-")).toBuilder();
            return this;
        }

        /** Another origin must not learn what was meant for this one. */
        Builder forOtherOrigin() {
            host = "";
            unixSocket = null;
            credentials = null;
            headers = headers.build().withoutCredentials().toBuilder();
            return this;
        }

        Builder expectNothing() {
            expect = Expect.NOTHING;
            return this;
        }

        public ClientRequest build() {
            return new ClientRequest(this);
        }
    }
}
