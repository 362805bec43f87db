package io.lws.http.site;

import io.lws.http.Headers;
import io.lws.http.HttpInterceptor;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.Mount;
import io.lws.http.RejectedAgents;
import io.lws.http.auth.Authenticator;
import io.lws.http.auth.Authenticator.Verdict;
import org.jspecify.annotations.Nullable;

/** Says which requests may pass to a mount. */
public final class Gate {
    /** Another protocol that looks at requests first. */
    public record Interception(HttpInterceptor interceptor, HttpProtocol<?> protocol) {}

    /** What is to be done with a request. */
    sealed interface Decision {
        /** It passes; {@code user} is who sent it, if that was asked. */
        record Pass(@Nullable String user) implements Decision {
            static final Pass UNASKED = new Pass(null);
        }

        /** It is answered with an error. */
        record Refuse(int status, Headers headers) implements Decision {}

        /** Another protocol answers. */
        record Divert(HttpProtocol<?> protocol) implements Decision {}
    }

    private static final Decision FORBIDDEN = new Decision.Refuse(HttpStatus.FORBIDDEN, Headers.EMPTY);

    private final Mount mount;
    private final @Nullable RejectedAgents agents;
    private final @Nullable Authenticator authenticator;
    private final @Nullable Interception interception;
    private @Nullable Decision kept;
    private @Nullable HttpRequest keptFor;

    Gate(Mount mount, @Nullable RejectedAgents agents, @Nullable Interception interception) {
        this.mount = mount;
        this.agents = agents;
        this.interception = interception;
        authenticator = mount.authenticator();
    }

    /**
     * Whether an upgrade may go on. The decision is kept for the case that it comes to none and the request is served
     * as any other: who proves something once a request must not be asked twice.
     */
    public boolean lets(HttpRequest request) {
        Decision decision = decided(request);
        kept = decision;
        keptFor = request;
        return decision instanceof Decision.Pass;
    }

    /** The request {@link #lets} was asked of is not served as any other. */
    public void forget() {
        kept = null;
        keptFor = null;
    }

    Decision decide(HttpRequest request) {
        Decision before = kept;
        if (before == null) {
            return decided(request);
        }
        boolean same = keptFor == request;
        forget();
        return same ? before : decided(request);
    }

    private Decision decided(HttpRequest request) {
        if (agents != null && agents.rejects(request.header("user-agent"))) {
            return FORBIDDEN;
        }
        String user = null;
        if (authenticator != null) {
            Verdict verdict = authenticator.check(request);
            if (verdict instanceof Verdict.Denied denied) {
                return new Decision.Refuse(HttpStatus.UNAUTHORIZED, denied.challenge());
            }
            user = ((Verdict.Granted) verdict).user();
        }
        if (interception != null && !interception.interceptor().maySee(request, mount)) {
            return new Decision.Divert(interception.protocol());
        }
        return user == null ? Decision.Pass.UNASKED : new Decision.Pass(user);
    }
}
