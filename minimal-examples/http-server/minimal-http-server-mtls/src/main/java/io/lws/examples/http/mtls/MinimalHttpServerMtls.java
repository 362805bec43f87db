package io.lws.examples.http.mtls;

import io.lws.cli.CommonOptions;
import io.lws.tls.ClientAuth;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets in only who shows a certificate: one it makes for the occasion and leaves in a file for curl. */
public final class MinimalHttpServerMtls {
    private MinimalHttpServerMtls() {}

    public static void main(String[] args) throws IOException {
        var options = CommonOptions.parse("minimal-http-server-mtls", args);
        KeyMaterial client = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "some-client");
        System.out.println("client certificate " + written(client));
        var tls = options.tls()
                .clientAuth(ClientAuth.REQUIRED)
                .clientCa(client.leaf())
                .build();
        var vhost = options.plainVhost("localhost", 0)
                .tls(tls)
                .protocol("who", WhoProtocol::new)
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }

    private static Path written(KeyMaterial material) throws IOException {
        Path file = Files.createTempFile("lws-client-", ".pem");
        file.toFile().deleteOnExit();
        return Files.writeString(file, material.toPem());
    }
}
