package io.lws.plugins.status;

import java.util.ArrayDeque;
import java.util.Deque;

/** Those who are here, in the order they came. Any thread. */
final class Visits {
    private static final int MAX_AGENT_CHARS = 120;

    private final Deque<Visit> present = new ArrayDeque<>();
    private final int maxListed;

    /** {@code maxListed}: of how many the list says more than that they are there, the newest. */
    Visits(int maxListed) {
        if (maxListed < 0) {
            throw new IllegalArgumentException("option \"max-listed\" must not be negative: " + maxListed);
        }
        this.maxListed = maxListed;
    }

    synchronized void add(Visit visit) {
        present.addLast(visit);
    }

    synchronized void remove(Visit visit) {
        present.remove(visit);
    }

    /** {@code connections}: those of the whole context, of whatever protocol. */
    synchronized String json(String vhost, int connections) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"vhost\":").append(quoted(vhost)).append(",\"connections\":").append(connections);
        json.append(",\"wsi\":").append(present.size()).append(",\"conns\":[");
        int skipped = Math.max(0, present.size() - maxListed);
        String between = "";
        for (Visit each : present) {
            if (skipped-- > 0) {
                continue;
            }
            json.append(between).append("{\"peer\":").append(quoted(each.peer));
            json.append(",\"time\":").append(quoted(each.since.toString()));
            json.append(",\"ua\":").append(quoted(each.userAgent)).append('}');
            between = ",";
        }
        return json.append("]}").toString();
    }

    /** As JSON, of bounded length. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().limit(MAX_AGENT_CHARS).forEach(each -> {
            if (each == '"' || each == '\\') {
                quoted.append('\\').append((char) each);
            } else {
                quoted.append(each < ' ' ? '?' : (char) each);
            }
        });
        return quoted.append('"').toString();
    }
}
