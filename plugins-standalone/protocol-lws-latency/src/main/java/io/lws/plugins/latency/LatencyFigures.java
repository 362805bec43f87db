package io.lws.plugins.latency;

import io.lws.Context;
import io.lws.loop.EventLoop;
import io.lws.loop.LoopLatency;
import java.util.Map;

/** What the loops of a context have counted, as one JSON object. */
final class LatencyFigures {
    private static final int NS_PER_US = 1_000;

    private LatencyFigures() {}

    static String json(Context context) {
        StringBuilder json = new StringBuilder("{\"loops\":[");
        for (EventLoop loop : context.loops()) {
            json.append(loop.index() == 0 ? "{" : ",{").append("\"loop\":").append(loop.index());
            json.append(",\"protocols\":[");
            String between = "";
            for (Map.Entry<String, LoopLatency.Figures> each :
                    loop.latency().figures().entrySet()) {
                protocol(json.append(between), each.getKey(), each.getValue());
                between = ",";
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    private static void protocol(StringBuilder json, String name, LoopLatency.Figures figures) {
        json.append("{\"name\":\"").append(escaped(name));
        json.append("\",\"events\":").append(figures.events());
        json.append(",\"meanMicros\":").append(figures.totalNs() / figures.events() / NS_PER_US);
        json.append(",\"recentWorstMicros\":").append(figures.recentWorstNs() / NS_PER_US);
        json.append(",\"worstMicros\":").append(figures.worstNs() / NS_PER_US);
        json.append(",\"worstSession\":\"").append(escaped(figures.worstTag())).append("\"}");
    }

    /** Names are what a configuration says; nothing in them may end the text. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (char each : text.toCharArray()) {
            if (each < ' ' || each == '"' || each == '\\' || each > '~') {
                safe.append(String.format("\\u%04x", (int) each));
            } else {
                safe.append(each);
            }
        }
        return safe.toString();
    }
}
