package io.lws.lwsws;

import io.lws.ProtocolOptions;
import io.lws.lwsws.ConfigNode.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A protocol as one vhost asks for it in {@code ws-protocols}. */
final class ProtocolSettings {
    private static final String DEFAULT = "default";
    private static final String RAW = "raw";

    private final Value value;
    private final ProtocolOptions.Builder options;

    private ProtocolSettings(Value value, ProtocolOptions.Builder options) {
        this.value = value;
        this.options = options;
    }

    static ProtocolSettings read(Value value) {
        return new ProtocolSettings(value, options(value, value.members()));
    }

    /** Options that belong to no protocol: a list of objects, or one. */
    static ProtocolOptions tree(Value value) {
        return options(value, value.namedEntries()).build();
    }

    private static ProtocolOptions.Builder options(Value parent, List<Value> members) {
        ProtocolOptions.Builder options = ProtocolOptions.builder(parent.at() + ": " + parent.key());
        Map<String, List<Value>> byName = new LinkedHashMap<>();
        members.forEach(each ->
                byName.computeIfAbsent(each.name(), key -> new ArrayList<>()).add(each));
        byName.values().forEach(same -> putAll(options, same));
        return options;
    }

    /** As in lws some options may be given several times, which is a list written in another way. */
    private static void putAll(ProtocolOptions.Builder options, List<Value> same) {
        Value last = same.get(same.size() - 1);
        if (same.size() == 1) {
            put(options, last);
        } else if (same.stream().allMatch(each -> each.node() instanceof Text)) {
            options.put(
                    last.name(),
                    same.stream().map(each -> String.valueOf(each.text())).toList());
        } else {
            last.problemAtKey("is given twice");
        }
    }

    private static void put(ProtocolOptions.Builder options, Value option) {
        if (option.node() instanceof Text text) {
            boolean marksDefault = option.name().equals(RAW) && option.flag();
            options.put(marksDefault ? DEFAULT : option.name(), text.value());
        } else if (option.elements().stream().allMatch(each -> each.node() instanceof Text)) {
            options.put(option.name(), texts(option));
        } else {
            options.put(option.name(), options(option, option.namedEntries()).build());
        }
    }

    private static List<String> texts(Value list) {
        List<String> texts = new ArrayList<>();
        for (Value each : list.elements()) {
            String text = each.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Makes it the one its vhost falls back on. */
    void makeDefault() {
        options.put(DEFAULT, "1");
    }

    String name() {
        return value.name();
    }

    ProtocolOptions options() {
        return options.build();
    }

    /** To report what is wrong with it. */
    Value value() {
        return value;
    }
}
