package io.lws.tls;

import java.util.List;

/** The TLS providers on the tests' class path; a test of each is worth the same. */
final class Providers {
    private Providers() {}

    static List<String> all() {
        return TlsProvider.present();
    }
}
