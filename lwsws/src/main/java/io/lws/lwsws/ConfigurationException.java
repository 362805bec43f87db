package io.lws.lwsws;

import java.util.List;

/** A configuration that cannot be served, with everything that is wrong with it. */
final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, in the order of the files. */
    List<String> problems() {
        return problems;
    }
}
