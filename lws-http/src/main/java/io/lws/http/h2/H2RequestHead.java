package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.http.Authority;
import io.lws.http.HttpMethod;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.RequestTarget;
import io.lws.http.exchange.HeadFields;
import io.lws.http.hpack.HeaderField;
import org.jspecify.annotations.Nullable;

/** The head of a request, checked (RFC 9113 8.2, 8.3): what is malformed is an error of its stream. */
final class H2RequestHead implements HttpRequest, HeadFields {
    private static final long NO_LENGTH = -1;

    final FieldList fields;
    private @Nullable String methodName;
    private @Nullable String scheme;
    private @Nullable String path;
    private @Nullable String authority;
    private @Nullable String protocol;
    private @Nullable String host;
    private @Nullable String priority;
    private long contentLength = NO_LENGTH;
    private boolean expectsContinue;
    private boolean targetSecret;
    private HttpMethod method = HttpMethod.GET;
    private RequestTarget target;

    /**
     * @param end the request has no content
     * @throws ProtocolException with an h2 error code for a malformed request; with an HTTP status for one that is well
     *     formed and yet refused
     */
    H2RequestHead(FieldList fields, boolean end, H2Loop shared) {
        this.fields = fields;
        int at = 0;
        while (at < fields.count() && fields.at(at).isPseudo()) {
            pseudo(fields.at(at++));
        }
        fields.hidePseudo(at);
        for (; at < fields.count(); at++) {
            regular(fields.at(at));
        }
        checkLength(end);
        target = target(shared);
    }

    private void pseudo(HeaderField field) {
        if (!field.isLegal()) {
            throw FieldRules.malformed("octets that no field may have");
        }
        String value = field.value();
        switch (field.name()) {
            case ":method" -> methodName = once(methodName, value);
            case ":scheme" -> scheme = once(scheme, value);
            case ":path" -> {
                path = once(path, value);
                targetSecret = field.isSecret();
            }
            case ":authority" -> authority = once(authority, value);
            case ":protocol" -> protocol = once(protocol, value);
            default -> throw FieldRules.malformed("a pseudo-header field nobody knows");
        }
    }

    private static String once(@Nullable String before, String value) {
        if (before != null) {
            throw FieldRules.malformed("a pseudo-header field twice");
        }
        return value;
    }

    private void regular(HeaderField field) {
        FieldRules.checkRegular(field);
        switch (field.name()) {
            case "te" -> {
                if (!field.value().equalsIgnoreCase("trailers")) {
                    throw FieldRules.malformed("te other than trailers");
                }
            }
            case "content-length" -> contentLength = FieldRules.length(field.value(), contentLength);
            case "host" -> host = once(host, field.value());
            case "priority" -> priority = field.value();
            case "expect" -> expectsContinue = field.value().equalsIgnoreCase("100-continue");
            default -> {
                // the protocol's
            }
        }
    }

    private void checkLength(boolean end) {
        if (!end) {
            return;
        }
        if (contentLength > 0) {
            throw FieldRules.malformed("less content than announced");
        }
        contentLength = 0;
    }

    private RequestTarget target(H2Loop shared) {
        method = methodOf(methodName);
        String named = authority == null ? host : authority;
        if (named != null && !Authority.isValid(named)) {
            throw FieldRules.malformed("an authority that is none");
        }
        if (authority != null && host != null && !authority.equalsIgnoreCase(host)) {
            throw FieldRules.malformed("two authorities");
        }
        boolean tunnel = method == HttpMethod.CONNECT && protocol == null;
        if (tunnel) {
            if (scheme != null || path != null || authority == null) {
                throw FieldRules.malformed("CONNECT is for an authority alone");
            }
            return RequestTarget.parse(method, authority);
        }
        if (scheme == null || scheme.isEmpty() || path == null || path.isEmpty()) {
            throw FieldRules.malformed("a request wants a scheme and a path");
        }
        if (protocol != null && method != HttpMethod.CONNECT) {
            throw FieldRules.malformed("a protocol is for CONNECT");
        }
        if (path.charAt(0) != '/' && !path.equals("*")) {
            throw FieldRules.malformed("a path begins with a slash");
        }
        return shared.target(protocol == null ? method : HttpMethod.GET, path);
    }

    private static HttpMethod methodOf(@Nullable String name) {
        if (name == null) {
            throw FieldRules.malformed("a request wants a method");
        }
        try {
            return HttpMethod.of(name);
        } catch (IllegalArgumentException e) {
            throw FieldRules.malformed("a method is a token");
        }
    }

    /** Whether {@code code} is an HTTP status to answer with rather than an error of the stream. */
    static boolean isStatus(int code) {
        return code >= HttpStatus.BAD_REQUEST && code < 600;
    }

    @Override
    public @Nullable String protocol() {
        return protocol;
    }

    @Nullable
    String priority() {
        return priority;
    }

    boolean expectsContinue() {
        return expectsContinue && contentLength != 0;
    }

    @Override
    public HttpMethod method() {
        return method;
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_2;
    }

    @Override
    public RequestTarget target() {
        return target;
    }

    @Override
    public boolean isTargetSecret() {
        return targetSecret;
    }

    @Override
    public String authority() {
        String named = authority == null ? host : authority;
        return named == null ? "" : named;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public FieldList fields() {
        return fields;
    }

    @Override
    public String toString() {
        return method + " " + target + " HTTP/2";
    }
}
