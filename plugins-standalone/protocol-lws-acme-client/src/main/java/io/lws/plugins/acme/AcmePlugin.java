package io.lws.plugins.acme;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-acme-client} to servers that load plugins. */
public final class AcmePlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public AcmePlugin() {}

    @Override
    public String protocolName() {
        return AcmeProtocol.NAME;
    }

    @Override
    public ProtocolFactory factory() {
        return AcmeProtocol::new;
    }

    @Override
    public String description() {
        return "gets and renews the certificate of its vhost by ACME, and answers http-01 challenges";
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "directory-url", "the ACME server's directory, Let's Encrypt's unless given",
                "agree-to-terms-of-service", "1: you have read the terms of that server and agree; needed",
                "email", "where the server may write to",
                "common-name", "the name the certificate is for, the vhost's unless given",
                "subject-alt-names", "further names it is for",
                "auth-path", "PEM file with the key of the account, made when it is not there",
                "cert-path", "PEM file for the certificate, which host-ssl-cert of the vhost names too",
                "key-path", "PEM file for its key, which host-ssl-key of the vhost names too",
                "renew-days", "so many days before it ends it is renewed, 30 unless given",
                "trusted-ca", "PEM file of the CA behind a server with a certificate of its own making");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
