package io.lws.examples.http.httpbin;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Cookies;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.QueryParams;
import io.lws.http.SetCookie;
import io.lws.loop.Timer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers by its path. */
final class HttpbinProtocol implements HttpProtocol<HttpbinProtocol.Pss> {
    private static final int MAX_BYTES = 100 << 10;
    private static final int MAX_LINES = 100;
    private static final int MAX_DELAY_S = 10;
    private static final int MAX_REDIRECTS = 20;

    static final class Pss {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        int linesLeft;
        int line;

        @Nullable
        Timer delay;
    }

    HttpbinProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        byte[] piece = new byte[rx.remaining()];
        rx.get(piece);
        http.pss().content.writeBytes(piece);
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        // answered when the content is there, most paths wait for it
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        HttpRequest request = http.request();
        String[] words = request.path().substring(1).split("/");
        int number = words.length > 1 && words[1].matches("\\d{1,6}") ? Integer.parseInt(words[1]) : 0;
        switch (words[0]) {
            case "get", "post", "put", "delete", "patch", "anything" -> json(http, all(http));
            case "headers" -> json(http, Map.of("headers", headers(request)));
            case "ip" -> json(http, Map.of("origin", origin(http)));
            case "user-agent" -> json(http, Map.of("user-agent", String.valueOf(request.header("user-agent"))));
            case "cookies" -> cookies(http, words);
            case "status" -> status(http, number);
            case "redirect" -> redirect(http, Math.min(number, MAX_REDIRECTS));
            case "bytes" -> bytes(http, Math.min(number, MAX_BYTES));
            case "stream" -> stream(http, Math.min(number, MAX_LINES));
            case "delay" -> delay(http, Math.min(number, MAX_DELAY_S));
            default -> http.respondError(404, Headers.EMPTY, "");
        }
    }

    // ---- what was sent

    private static Map<String, Object> all(HttpTransaction<Pss> http) {
        HttpRequest request = http.request();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("method", request.method().toString());
        all.put("url", "http://" + request.authority() + request.target().raw());
        all.put("args", pairs(request.target().queryParams()));
        all.put("headers", headers(request));
        String content = http.pss().content.toString(StandardCharsets.UTF_8);
        boolean form = "application/x-www-form-urlencoded".equals(request.header("content-type"));
        all.put("form", form ? pairs(QueryParams.parse(content)) : Map.of());
        all.put("data", form ? "" : content);
        all.put("origin", origin(http));
        return all;
    }

    private static Map<String, Object> headers(HttpRequest request) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (int i = 0; i < request.headerCount(); i++) {
            headers.put(request.headerName(i), String.valueOf(request.header(request.headerName(i))));
        }
        return headers;
    }

    private static Map<String, Object> pairs(QueryParams params) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i < params.size(); i++) {
            pairs.put(params.name(i), params.value(i));
        }
        return pairs;
    }

    private static String origin(HttpTransaction<Pss> http) {
        return http.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    // ---- answers as asked

    private static void cookies(HttpTransaction<Pss> http, String[] words) {
        if (words.length == 1) {
            json(http, Map.of("cookies", new LinkedHashMap<String, Object>(Cookies.all(http.request()))));
            return;
        }
        Headers.Builder headers = Headers.builder().add("Location", "/cookies");
        try {
            pairs(http.request().target().queryParams())
                    .forEach((name, value) -> headers.add(
                            "Set-Cookie", SetCookie.of(name, value.toString()).toString()));
        } catch (IllegalArgumentException e) {
            http.respondError(400, Headers.EMPTY, "that cannot be a cookie");
            return;
        }
        http.respond(302, headers.build(), new byte[0]);
    }

    private static void status(HttpTransaction<Pss> http, int status) {
        boolean known = status >= 200 && status <= 599;
        http.respond(known ? status : 400, Headers.EMPTY, new byte[0]);
    }

    private static void redirect(HttpTransaction<Pss> http, int left) {
        String next = left <= 1 ? "/get" : "/redirect/" + (left - 1);
        http.respond(302, Headers.of("Location", next), new byte[0]);
    }

    private static void bytes(HttpTransaction<Pss> http, int count) {
        byte[] content = new byte[count];
        for (int i = 0; i < count; i++) {
            content[i] = (byte) i;
        }
        http.respond(200, Headers.of("Content-Type", "application/octet-stream"), content);
    }

    private static void stream(HttpTransaction<Pss> http, int lines) {
        http.pss().linesLeft = lines;
        http.start(200, Headers.of("Content-Type", "application/json"), -1);
        http.requestWriteable();
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        Pss pss = http.pss();
        while (pss.linesLeft > 0 && tx.isReady()) {
            pss.linesLeft--;
            tx.write(ByteBuffer.wrap(("{\"id\":" + pss.line++ + "}\n").getBytes(StandardCharsets.US_ASCII)));
        }
        if (pss.linesLeft == 0) {
            tx.finish();
        } else {
            http.requestWriteable();
        }
    }

    private static void delay(HttpTransaction<Pss> http, int seconds) {
        Timer timer = new Timer(nowNs -> json(http, all(http)));
        http.pss().delay = timer;
        http.loop().schedule(timer, Duration.ofSeconds(seconds).toNanos());
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().delay != null) {
            http.loop().cancel(http.pss().delay);
        }
    }

    private static void json(HttpTransaction<Pss> http, Map<String, ?> object) {
        http.respond(200, "application/json", Json.of(object) + "\n");
    }
}
