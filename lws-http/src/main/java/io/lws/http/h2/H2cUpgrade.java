package io.lws.http.h2;

import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.RequestTarget;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.RoleConnection;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From HTTP/1.1 in plain text to HTTP/2: by Upgrade (RFC 7540 3.2), and by prior knowledge (RFC 9113 3.3). */
public final class H2cUpgrade implements HttpUpgrade {
    private static final Headers SWITCH = Headers.of("Upgrade", "h2c");

    /** For {@link java.util.ServiceLoader}. */
    public H2cUpgrade() {}

    @Override
    public String token() {
        return "h2c";
    }

    /** It serves what HTTP serves, and makes nothing HTTP that is not. */
    @Override
    public boolean isServedBy(Vhost vhost) {
        return false;
    }

    @Override
    public UpgradeAnswer answer(UpgradeRequest asked) {
        List<String> settings = asked.request().headers("HTTP2-Settings");
        byte[] payload = settings.size() == 1 ? decoded(settings.get(0)) : null;
        boolean plain = asked.connection().transport().tls() == null
                && asked.request().target().form() == RequestTarget.Form.ORIGIN;
        if (payload == null || payload.length % PeerSettings.ENTRY_BYTES != 0 || !plain) {
            return new UpgradeAnswer.Ignore();
        }
        H2cRequest first = H2cRequest.of(asked.request(), payload);
        return new UpgradeAnswer.Accept(
                SWITCH, connection -> H2Server.accept(connection, asked.vhosts(), HttpUpgrades.found(), first));
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    @Override
    public RoleConnection prior(Connection connection, VhostGroup vhosts) {
        return H2Server.accept(connection, vhosts, HttpUpgrades.found(), null);
    }
}
