package io.lws.http.h2;

import io.lws.http.HttpDate;
import io.lws.http.HttpMethod;
import io.lws.http.RequestTarget;
import io.lws.http.exchange.HttpLoop;
import io.lws.net.LoopNet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the HTTP/2 connections of one loop share: field lists, the date, paths taken apart. */
final class H2Loop {
    private static final int MAX_KEPT = 256;
    private static final int PATH_SLOTS = 256;
    private static final int MAX_PATH_CHARS = 128;

    final HttpLoop http;
    private final LoopNet net;
    private final ArrayDeque<FieldList> free = new ArrayDeque<>();
    private final @Nullable RequestTarget[] targets = new @Nullable RequestTarget[PATH_SLOTS];
    private String date = "";
    private long dateSecond = Long.MIN_VALUE;
    private int dateTurn;

    private H2Loop(LoopNet net, HttpLoop http) {
        this.net = net;
        this.http = http;
    }

    static H2Loop of(LoopNet net) {
        HttpLoop http = HttpLoop.of(net);
        return net.perLoop(H2Loop.class, () -> new H2Loop(net, http));
    }

    FieldList fields() {
        FieldList fields = free.pollLast();
        return fields != null ? fields : new FieldList();
    }

    void release(FieldList fields) {
        fields.clear();
        if (free.size() < MAX_KEPT) {
            free.addLast(fields);
        }
    }

    /** The Date of this turn. */
    String date() {
        int turn = net.loop().turnNumber();
        if (turn != dateTurn || date.isEmpty()) {
            dateTurn = turn;
            long second = Math.floorDiv(System.currentTimeMillis(), 1000L);
            if (second != dateSecond) {
                dateSecond = second;
                date = HttpDate.format(second);
            }
        }
        return date;
    }

    /** A {@code :path} taken apart; those asked for often are kept, unless they have a query, which may be private. */
    RequestTarget target(HttpMethod method, String path) {
        int slot = path.hashCode() & PATH_SLOTS - 1;
        RequestTarget kept = targets[slot];
        if (kept != null && kept.raw().equals(path)) {
            return kept;
        }
        RequestTarget target = RequestTarget.parse(method, path);
        if (target.form() == RequestTarget.Form.ORIGIN && target.query() == null && path.length() <= MAX_PATH_CHARS) {
            targets[slot] = target;
        }
        return target;
    }
}
