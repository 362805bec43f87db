package io.lws.examples.http.sni;

import io.lws.Vhost;
import io.lws.cli.CommonOptions;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.DevelopmentCertificate.Kind;
import io.lws.tls.TlsConfig;
import io.lws.tls.UnknownName;

/**
 * Vhosts with a certificate each on one port, chosen by the name in the ClientHello: one with an EC key, one with an RSA
 * key that speaks TLS 1.3 only, one for all subdomains of a name. Who asks for another name is refused.
 */
public final class MinimalHttpServerSni {
    private MinimalHttpServerSni() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-sni", args);
        var context = options.context()
                .vhost(vhost(options, "ec.example", Kind.EC, TlsConfig.builder().unknownName(UnknownName.REFUSE)))
                .vhost(vhost(
                        options, "rsa.example", Kind.RSA, TlsConfig.builder().protocols("TLSv1.3")))
                .vhost(vhost(options, "*.wild.example", Kind.EC, TlsConfig.builder()))
                .build();
        try (context) {
            options.serve(context, "http");
        }
    }

    private static Vhost vhost(CommonOptions options, String name, Kind kind, TlsConfig.Builder tls) {
        return options.plainVhost(name, 0)
                .tls(tls.key(DevelopmentCertificate.make(kind, name)).build())
                .protocol("name", NameProtocol::new)
                .build();
    }
}
