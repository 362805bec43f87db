package io.lws.plugins.acme;

import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.util.KeyPairUtils;

/** One order for a certificate, from the account to the chain. Blocks for as long as the server takes. */
final class Issuance {
    private static final String CURVE = "secp256r1";
    /** RSA: that is what the library can write so that it can read it. */
    private static final int ACCOUNT_BITS = 2048;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AcmeOptions options;
    private final Challenges challenges;

    Issuance(AcmeOptions options, Challenges challenges) {
        this.options = options;
        this.challenges = challenges;
    }

    KeyMaterial obtain() throws AcmeException, IOException, InterruptedException {
        Order order = login().newOrder().domains(options.names()).create();
        List<String> tokens = new ArrayList<>();
        try {
            for (Authorization each : order.getAuthorizations()) {
                if (each.getStatus() != Status.VALID) {
                    authorize(each, tokens);
                }
            }
            require(order.waitUntilReady(PATIENCE), Status.READY, order);
        } finally {
            tokens.forEach(challenges::remove);
        }
        KeyPair pair = newKey();
        order.execute(pair);
        require(order.waitForCompletion(PATIENCE), Status.VALID, order);
        return KeyMaterial.of(
                pair.getPrivate(), List.copyOf(order.getCertificate().getCertificateChain()));
    }

    private Login login() throws AcmeException, IOException {
        Path ca = options.trustedCa();
        Session session =
                ca == null ? new Session(options.directory()) : new Session(options.directory(), new PrivateCa(ca));
        AccountBuilder account = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        String email = options.email();
        return (email == null ? account : account.addEmail(email)).createLogin(session);
    }

    /** The account is whoever has this key. */
    private KeyPair accountKey() throws IOException {
        if (Files.exists(options.accountKey())) {
            try (Reader pem = new StringReader(Files.readString(options.accountKey(), StandardCharsets.US_ASCII))) {
                return KeyPairUtils.readKeyPair(pem);
            }
        }
        KeyPair made = KeyPairUtils.createKeyPair(ACCOUNT_BITS);
        StringWriter pem = new StringWriter();
        KeyPairUtils.writeKeyPair(made, pem);
        KeyFiles.write(options.accountKey(), pem.toString());
        return made;
    }

    private static KeyPair newKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM makes no EC keys: " + e.getMessage(), e);
        }
    }

    private void authorize(Authorization wanted, List<String> tokens) throws AcmeException {
        Http01Challenge challenge = wanted.findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AcmeException("the server offers no http-01 challenge for "
                        + wanted.getIdentifier().getValue()));
        challenges.put(challenge.getToken(), challenge.getAuthorization());
        tokens.add(challenge.getToken());
        challenge.trigger();
    }

    private static void require(Status reached, Status wanted, Order order) throws AcmeException {
        if (reached == wanted || reached == Status.VALID) {
            return;
        }
        StringBuilder why = new StringBuilder("the order is ").append(reached);
        order.getError().ifPresent(each -> why.append(": ").append(each));
        for (Authorization each : order.getAuthorizations()) {
            each.findChallenge(Http01Challenge.class)
                    .flatMap(Http01Challenge::getError)
                    .ifPresent(problem -> why.append("; ").append(problem));
        }
        throw new AcmeException(why.toString());
    }
}
