package io.lws.examples.http.tlsmem;

import io.lws.cli.CommonOptions;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsConfig;
import java.nio.charset.StandardCharsets;

/** Serves https with certificate and key from memory, as PEM text that could come from a vault or a database. */
public final class MinimalHttpServerTlsMem {
    private MinimalHttpServerTlsMem() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-tls-mem", args);
        byte[] pem = pemFromSomewhere();
        var vhost = options.plainVhost("localhost", 0)
                .tls(TlsConfig.builder().key(KeyMaterial.memory(pem, pem, null)).build())
                .protocol("hello", HelloProtocol::new)
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }

    private static byte[] pemFromSomewhere() {
        var made = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA, "from-memory.example");
        return made.toPem().getBytes(StandardCharsets.US_ASCII);
    }
}
