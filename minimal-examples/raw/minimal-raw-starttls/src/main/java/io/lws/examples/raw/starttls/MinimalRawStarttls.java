package io.lws.examples.raw.starttls;

import io.lws.cli.CommonOptions;
import io.lws.tls.PlainText;

/** Speaks SMTP as far as STARTTLS, and then the same over TLS. Try {@code openssl s_client -starttls smtp}. */
public final class MinimalRawStarttls {
    private MinimalRawStarttls() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-raw-starttls", args);
        var vhost = options.plainVhost("localhost", 0)
                .tls(options.tls().plainText(PlainText.UNTIL_UPGRADE).build())
                .protocol("smtp", SmtpProtocol::new)
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "smtp");
        }
    }
}
