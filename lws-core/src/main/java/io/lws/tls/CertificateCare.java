package io.lws.tls;

import io.lws.Log;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks after a vhost's certificates: says daily how long they last, and takes up files that have changed. */
final class CertificateCare {
    private static final Log LOG = Log.of("lws.tls");
    private static final Duration AGING_INTERVAL = Duration.ofDays(1);
    private static final Duration WARN_BELOW = Duration.ofDays(7);

    private final Vhost vhost;
    private final VhostTls tls;
    private final Timer aging = new Timer(nowNs -> tellAge());
    private final Timer watch = new Timer(nowNs -> look());
    private final Map<Path, FileTime> seen = new HashMap<>();
    private @Nullable EventLoop loop;

    CertificateCare(Vhost vhost, VhostTls tls) {
        this.vhost = vhost;
        this.tls = tls;
    }

    /** On the loop. */
    void start(EventLoop on) {
        loop = on;
        noteTimes();
        tellAge();
        if (!tls.config().watchInterval().isZero()) {
            on.schedule(watch, tls.config().watchInterval().toNanos());
        }
    }

    /** After the loop's end. */
    void stop() {
        EventLoop from = loop;
        if (from != null) {
            from.cancel(aging);
            from.cancel(watch);
        }
    }

    private void tellAge() {
        TlsConfig config = tls.config();
        for (KeyMaterial each : config.keys()) {
            Duration left =
                    Duration.between(Instant.now(), each.leaf().getNotAfter().toInstant());
            if (left.compareTo(WARN_BELOW) < 0) {
                LOG.warn(vhost.name(), "certificate " + each + " expires in " + left.toHours() + " hours");
            }
            tellAge(config.certificateAging(), each, left);
        }
        if (loop != null) {
            loop.schedule(aging, AGING_INTERVAL.toNanos());
        }
    }

    private void tellAge(@Nullable CertificateAging hook, KeyMaterial key, Duration left) {
        try {
            if (hook != null) {
                hook.onCertAging(vhost, key.leaf(), left);
            }
        } catch (RuntimeException | Error e) {
            LOG.error(vhost.name(), "onCertAging threw; it is told again tomorrow", e);
        }
    }

    /** Reading and checking files takes a while, so that is done beside the loop. */
    private void look() {
        EventLoop on = loop;
        if (on == null) {
            return;
        }
        Thread reader = new Thread(
                () -> {
                    try {
                        reloadIfChanged();
                    } catch (RuntimeException | Error e) {
                        LOG.error(vhost.name(), "looking at certificate files", e);
                    }
                    on.execute(() ->
                            on.schedule(watch, tls.config().watchInterval().toNanos()));
                },
                "lws-tls-files");
        reader.setDaemon(true);
        reader.start();
    }

    /** Files that do not go together, as in the middle of a renewal, are left alone until the next look. Any thread. */
    synchronized boolean reloadIfChanged() {
        if (!noteTimes()) {
            return false;
        }
        try {
            List<KeyMaterial> before = tls.config().keys();
            List<KeyMaterial> now = before.stream().map(KeyMaterial::reload).toList();
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).sameAs(before.get(i))) {
                    tls.updateCertificate(now);
                    return true;
                }
            }
        } catch (IllegalArgumentException e) {
            seen.clear();
            LOG.warn(vhost.name(), "the certificate stays as it is: " + e.getMessage());
        }
        return false;
    }

    /** True when a file is newer than at the last look. */
    private synchronized boolean noteTimes() {
        boolean changed = false;
        for (KeyMaterial each : tls.config().keys()) {
            for (Path file : each.files()) {
                FileTime time = time(file);
                changed |= !time.equals(seen.put(file, time));
            }
        }
        return changed;
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
