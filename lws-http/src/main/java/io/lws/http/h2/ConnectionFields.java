package io.lws.http.h2;

/** Fields that speak of an HTTP/1 connection and have no place here (RFC 9113 8.2.2). */
final class ConnectionFields {
    private ConnectionFields() {}

    static boolean has(String lowerName) {
        return switch (lowerName) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
            default -> false;
        };
    }
}
