package io.lws.plugins.acme;

import io.lws.Log;
import io.lws.Vhost;
import io.lws.spi.Generations;
import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Sees to it that a vhost has a certificate that lasts: looks twice a day, gets a new one in time, and puts it in place
 * while connections go on. After a failure it waits from a minute to six hours. On a thread of its own.
 */
final class CertificateKeeper implements AutoCloseable {
    private static final Log LOG = Log.of("lws.acme");
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofHours(12);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration MAX_RETRY = Duration.ofHours(6);
    private static final Duration MAX_HANDOVER = Duration.ofSeconds(10);

    private final Vhost vhost;
    private final AcmeOptions options;
    private final ScheduledThreadPoolExecutor worker;
    private int failures;

    private CertificateKeeper(Vhost vhost, AcmeOptions options) {
        this.vhost = vhost;
        this.options = options;
        ClassLoader own = CertificateKeeper.class.getClassLoader();
        worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lws-acme " + vhost.name());
            thread.setDaemon(true);
            thread.setContextClassLoader(own); // libraries look for their parts by it
            return thread;
        });
    }

    /** Begins to look as soon as the vhost is served. */
    static CertificateKeeper of(Vhost vhost, AcmeOptions options) {
        CertificateKeeper keeper = new CertificateKeeper(vhost, options);
        keeper.lookAfter(FIRST_LOOK);
        return keeper;
    }

    private void lookAfter(Duration delay) {
        if (!worker.isShutdown()) {
            worker.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            if (!serves()) {
                lookAfter(FIRST_RETRY);
                return;
            }
            if (isDue()) {
                renew();
            }
            failures = 0;
            lookAfter(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        } catch (AcmeException | IOException | RuntimeException | LinkageError e) {
            Duration wait = retryAfter(failures++);
            LOG.warn(vhost.name(), "no certificate for " + options.names() + ": " + e + "; again in " + wait);
            lookAfter(wait);
        }
    }

    /** Whether challenges reach this generation: one that drains leaves it to the next. */
    private boolean serves() throws InterruptedException {
        Generations known = vhost.option(Generations.class);
        List<Generations.One> all = known == null ? List.of() : known.all();
        boolean newest = all.isEmpty() || all.get(all.size() - 1).context() == vhost.context();
        return newest && vhost.context().awaitAccepting(MAX_HANDOVER);
    }

    static Duration retryAfter(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        Duration most = wait.compareTo(MAX_RETRY) > 0 ? MAX_RETRY : wait;
        return most.plusSeconds(ThreadLocalRandom.current().nextLong(most.toSeconds() / 10 + 1));
    }

    private boolean isDue() {
        if (!Files.exists(options.chain()) || !Files.exists(options.key())) {
            return true;
        }
        try {
            X509Certificate leaf =
                    KeyMaterial.files(options.chain(), options.key()).leaf();
            return isDue(
                    leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), options.renewBefore(), Instant.now());
        } catch (IllegalArgumentException e) {
            LOG.warn(vhost.name(), "a new certificate takes the place of one that cannot be used: " + e.getMessage());
            return true;
        }
    }

    /** One that is short-lived is renewed in its last third, whatever the option says. */
    static boolean isDue(Instant from, Instant until, Duration renewBefore, Instant now) {
        Duration third = Duration.between(from, until).dividedBy(3);
        return now.isAfter(until.minus(third.compareTo(renewBefore) < 0 ? third : renewBefore));
    }

    /** The key goes first: who reads both in between finds that they do not match, and waits. */
    private void renew() throws AcmeException, IOException, InterruptedException {
        String pem = new Issuance(options, Challenges.OF_ALL_VHOSTS).obtain().toPem();
        int behindKey = pem.indexOf(CERTIFICATE);
        KeyFiles.write(options.key(), pem.substring(0, behindKey));
        KeyFiles.write(options.chain(), pem.substring(behindKey));
        KeyMaterial material = KeyMaterial.files(options.chain(), options.key());
        LOG.info(vhost.name(), "a certificate for " + options.names() + " until " + material.leaf().getNotAfter());
        if (vhost.tls() == null) {
            LOG.info(vhost.name(), "the vhost has no TLS: the certificate is kept for others");
        } else {
            vhost.updateCertificate(material);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
