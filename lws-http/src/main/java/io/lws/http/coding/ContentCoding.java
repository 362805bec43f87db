package io.lws.http.coding;

/** Ways to send content smaller. */
public enum ContentCoding {
    /** Brotli (RFC 7932): files compressed beforehand; all else where a {@link CodingProvider} is found. */
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    /** The zlib form of deflate (RFC 9110 8.4.1.2). */
    DEFLATE("deflate", "");

    private final String token;
    private final String suffix;

    ContentCoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** What Content-Encoding calls it. */
    public String token() {
        return token;
    }

    /** What the name of a file compressed so ends in; empty where that is not usual. */
    public String suffix() {
        return suffix;
    }
}
