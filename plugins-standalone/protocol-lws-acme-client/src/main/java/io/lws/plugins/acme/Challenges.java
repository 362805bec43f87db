package io.lws.plugins.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be answered to whom asks for a token. Shared by all vhosts that this plugin serves: the one that is asked, on
 * port 80, is seldom the one that wants the certificate.
 */
final class Challenges {
    /** Lives as long as the plugin's class loader. */
    static final Challenges OF_ALL_VHOSTS = new Challenges();

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    Challenges() {}

    void put(String token, String answer) {
        answers.put(token, answer);
    }

    void remove(String token) {
        answers.remove(token);
    }

    @Nullable
    String answer(String token) {
        return answers.get(token);
    }
}
