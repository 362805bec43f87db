package io.lws.plugins.acme;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be got, from whom, and where it is kept.
 *
 * @param names the names of the certificate, the common one first
 * @param renewBefore how long before its end it is renewed
 */
record AcmeOptions(
        URI directory,
        @Nullable String email,
        List<String> names,
        Path accountKey,
        Path chain,
        Path key,
        Duration renewBefore,
        @Nullable Path trustedCa) {
    static final String MARK = "cert-path";

    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";
    private static final int MAX_DAYS = 365;

    AcmeOptions {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException naming the option that is missing or makes no sense */
    static AcmeOptions read(Vhost vhost, ProtocolOptions options) {
        if (!options.bool("agree-to-terms-of-service", false)) {
            throw new IllegalArgumentException("option \"agree-to-terms-of-service\" must be 1: no ACME server makes an"
                    + " account for who has not agreed to its terms");
        }
        List<String> names = new ArrayList<>();
        names.add(options.string("common-name", vhost.name()));
        options.strings("subject-alt-names").stream()
                .flatMap(each -> List.of(each.trim().split("[ ,]+")).stream())
                .filter(each -> !each.isEmpty() && !names.contains(each))
                .forEach(names::add);
        return new AcmeOptions(
                directory(options.string("directory-url", LETS_ENCRYPT)),
                options.has("email") ? options.string("email") : null,
                names,
                Path.of(options.string("auth-path")),
                Path.of(options.string(MARK)),
                Path.of(options.string("key-path")),
                Duration.ofDays(days(options.integer("renew-days", 30))),
                options.has("trusted-ca") ? Path.of(options.string("trusted-ca")) : null);
    }

    private static URI directory(String url) {
        URI directory = URI.create(url);
        if (!"https".equals(directory.getScheme())) {
            throw new IllegalArgumentException("option \"directory-url\" must begin with https: " + url);
        }
        return directory;
    }

    private static int days(int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("option \"renew-days\" must be 1 to " + MAX_DAYS + ": " + days);
        }
        return days;
    }
}
