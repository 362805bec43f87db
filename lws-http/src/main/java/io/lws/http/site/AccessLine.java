package io.lws.http.site;

import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line in Apache's combined format. Whatever a client could end a line or a field with is written as {@code \xNN}. */
final class AccessLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    private AccessLine() {}

    static String of(HttpTransaction<?> http, int status, long bodyBytes, ZonedDateTime now) {
        HttpRequest request = http.request();
        StringBuilder line = new StringBuilder(160);
        line.append(host(http.remoteAddress())).append(" - ");
        field(line, http.user());
        line.append(" [").append(TIME.format(now)).append("] \"");
        escape(line, request.method().toString());
        line.append(' ');
        escape(line, request.target().raw());
        line.append(' ').append(request.version()).append("\" ").append(status).append(' ');
        if (bodyBytes == 0) {
            line.append('-');
        } else {
            line.append(bodyBytes);
        }
        line.append(" \"");
        field(line, request.header("referer"));
        line.append("\" \"");
        field(line, request.header("user-agent"));
        return line.append('"').toString();
    }

    static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }

    private static String host(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "-";
    }

    private static void field(StringBuilder line, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            line.append('-');
        } else {
            escape(line, text);
        }
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
                line.append(String.format("\\x%02x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
