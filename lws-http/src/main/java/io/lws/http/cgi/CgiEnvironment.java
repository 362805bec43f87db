package io.lws.http.cgi;

import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of RFC 3875 4.1, and some that everybody expects besides. */
final class CgiEnvironment {
    private static final String SOFTWARE = "lws-java";
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private CgiEnvironment() {}

    static Map<String, String> of(HttpTransaction<?> http, CgiScript script, Map<String, String> more) {
        HttpRequest request = http.request();
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < request.headerCount(); i++) {
            String variable = variable(request.headerName(i));
            if (variable != null) {
                all.put(variable, printable(String.valueOf(request.header(request.headerName(i)))));
            }
        }
        all.put("PATH", PATH);
        all.putAll(more);
        all.put("GATEWAY_INTERFACE", "CGI/1.1");
        all.put("SERVER_SOFTWARE", SOFTWARE);
        all.put("SERVER_PROTOCOL", request.version().toString());
        all.put("SERVER_NAME", http.vhost().name());
        all.put("SERVER_PORT", port(http));
        all.put("REQUEST_METHOD", request.method().toString());
        all.put("REQUEST_URI", request.target().raw());
        all.put("SCRIPT_NAME", script.scriptName());
        all.put("SCRIPT_FILENAME", script.program().toString());
        all.put("PATH_INFO", script.pathInfo());
        String query = request.target().query();
        all.put("QUERY_STRING", query == null ? "" : query);
        String address = http.remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
        all.put("REMOTE_ADDR", address);
        all.put("REMOTE_HOST", address);
        String user = http.user();
        if (user != null) {
            all.put("REMOTE_USER", printable(user));
            all.put("AUTH_TYPE", authType(request.header("authorization")));
        }
        if (request.contentLength() > 0) {
            all.put("CONTENT_LENGTH", Long.toString(request.contentLength()));
        }
        String type = request.header("content-type");
        if (type != null) {
            all.put("CONTENT_TYPE", printable(type));
        }
        if (http.tls() != null) {
            all.put("HTTPS", "on");
        }
        return all;
    }

    /**
     * The variable of a field; null for those that are passed otherwise, that are secrets between us and the client, or
     * that a program would take for something else: {@code Proxy} for a proxy to use, {@code a_b} for {@code a-b}.
     */
    static @Nullable String variable(String lowerName) {
        return switch (lowerName) {
            case "authorization",
                    "proxy-authorization",
                    "content-length",
                    "content-type",
                    "connection",
                    "proxy",
                    "transfer-encoding",
                    "te",
                    "upgrade",
                    "keep-alive",
                    "expect" -> null;
            default -> {
                boolean clear = lowerName.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c));
                yield clear ? "HTTP_" + lowerName.toUpperCase(Locale.ROOT).replace('-', '_') : null;
            }
        };
    }

    private static String authType(@Nullable String field) {
        int blank = field == null ? -1 : field.indexOf(' ');
        return field == null || blank < 0 ? "Basic" : field.substring(0, blank);
    }

    private static String port(HttpTransaction<?> http) {
        if (http.vhost().listenAddress() instanceof InetSocketAddress) {
            return Integer.toString(http.vhost().port());
        }
        return http.tls() == null ? "80" : "443";
    }

    /** Nothing in a variable ends it. */
    private static String printable(String text) {
        return text.replace('\0', ' ');
    }
}
