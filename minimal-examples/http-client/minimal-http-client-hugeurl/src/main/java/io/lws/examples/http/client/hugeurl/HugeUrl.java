package io.lws.examples.http.client.hugeurl;

/** Makes a query as long as is wanted. */
final class HugeUrl {
    private HugeUrl() {}

    static String path(int octets) {
        String path = "/?x=";
        return path + "0123456789abcdef".repeat(octets / 16 + 1).substring(0, octets - path.length());
    }
}
