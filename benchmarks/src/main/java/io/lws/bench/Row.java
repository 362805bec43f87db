package io.lws.bench;

import io.lws.bench.load.Exchange;
import io.lws.bench.load.LoadSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can be measured: a kind of exchange, connections, requests under way on each, and the size of the content. */
enum Row {
    HTTP_C1("http-c1", Exchange.HTTP, 1, 1, 0, "http keep-alive, 1 connection"),
    HTTP_C64("http-c64", Exchange.HTTP, 64, 1, 0, "http keep-alive, 64 connections"),
    HTTP_C512("http-c512", Exchange.HTTP, 512, 1, 0, "http keep-alive, 512 connections"),
    HTTP_P16("http-p16", Exchange.HTTP, 64, 16, 0, "http pipelined 16, 64 connections"),
    H2_TLS("h2-tls", Exchange.H2_TLS, 8, 16, 0, "http/2 over TLS, 8 connections, 16 streams on each"),
    WS_C1("ws-c1", Exchange.WS_ECHO, 1, 1, 64, "ws echo 64 B, 1 connection"),
    WS_C64("ws-c64", Exchange.WS_ECHO, 64, 1, 64, "ws echo 64 B, 64 connections"),
    WS_C64P16("ws-c64p16", Exchange.WS_ECHO, 64, 16, 64, "ws echo 64 B, 64 connections, 16 in flight"),
    WS_16K("ws-16k", Exchange.WS_ECHO, 64, 1, 16 << 10, "ws echo 16 KiB, 64 connections"),
    WS_BCAST("ws-bcast", Exchange.WS_BROADCAST, 500, 1, 64, "ws broadcast 1 to 500, per delivery"),
    STATIC_10K("static-10k", Exchange.HTTP, 64, 1, 10 << 10, "static file 10 KiB, 64 connections"),
    STATIC_1M("static-1m", Exchange.HTTP, 8, 1, 1 << 20, "static file 1 MiB, 8 connections");

    final String title;
    final String meaning;
    private final Exchange exchange;
    private final int connections;
    private final int depth;
    private final int contentBytes;

    Row(String title, Exchange exchange, int connections, int depth, int contentBytes, String meaning) {
        this.title = title;
        this.meaning = meaning;
        this.exchange = exchange;
        this.connections = connections;
        this.depth = depth;
        this.contentBytes = contentBytes;
    }

    /** @throws IllegalArgumentException naming what there is */
    static Row named(String title) {
        return Arrays.stream(values())
                .filter(each -> each.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row is called " + title + "; there are "
                        + Arrays.stream(values()).map(each -> each.title).collect(Collectors.joining(", "))));
    }

    static List<Row> all() {
        return List.of(values());
    }

    boolean isHttp() {
        return exchange == Exchange.HTTP;
    }

    /** One that h2load makes. */
    boolean isH2() {
        return exchange == Exchange.H2_TLS;
    }

    boolean isBroadcast() {
        return exchange == Exchange.WS_BROADCAST;
    }

    LoadSpec spec() {
        return new LoadSpec(exchange, path(), connections, depth, content());
    }

    private String path() {
        return switch (exchange) {
            case HTTP, H2_TLS -> contentBytes == 0 ? "/plaintext" : "/static/" + Content.name(contentBytes);
            case WS_ECHO -> "/";
            case WS_BROADCAST -> "/bcast";
        };
    }

    private byte[] content() {
        return path().equals("/plaintext") ? Content.hello() : Content.bytes(contentBytes);
    }
}
