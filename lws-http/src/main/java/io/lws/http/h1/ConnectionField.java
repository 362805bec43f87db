package io.lws.http.h1;

/** What an answer says about its connection. */
enum ConnectionField {
    /** Nothing: it stays open, as HTTP/1.1 has it. */
    DEFAULT(""),
    CLOSE("Connection: close\r\n"),
    /** For an HTTP/1.0 client that asked for it. */
    KEEP_ALIVE("Connection: keep-alive\r\n"),
    /** With a 101 or 426, whose headers hold Upgrade. */
    UPGRADE("Connection: Upgrade\r\n");

    final String line;

    ConnectionField(String line) {
        this.line = line;
    }
}
