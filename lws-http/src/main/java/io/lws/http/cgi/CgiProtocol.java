package io.lws.http.cgi;

import io.lws.CloseInfo;
import io.lws.http.CgiOptions;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Serves a CGI mount: each request is a process. */
public final class CgiProtocol implements HttpProtocol<CgiProtocol.Pss> {
    private static final Headers RETRY = Headers.of("Retry-After", "5");

    /** Places for processes by mount: the loops of a context share them. */
    private static final Map<Mount, Semaphore> PLACES = Collections.synchronizedMap(new WeakHashMap<>());

    private final Mount mount;
    private final Path origin;
    private final CgiOptions options;
    private final Semaphore places;

    /** The process of a request, if it has come so far. */
    static final class Pss {
        private @Nullable CgiRun run;

        private Pss() {}
    }

    /** {@link IllegalArgumentException} when the mount's origin is neither an executable file nor a directory. */
    public CgiProtocol(Mount mount) {
        this.mount = mount;
        options = mount.cgiOptions();
        places = PLACES.computeIfAbsent(mount, each -> new Semaphore(options.maxProcesses()));
        try {
            origin = mount.origin().toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException("origin of mount " + mount + " cannot be read", e);
        }
        if (!Files.isExecutable(origin)) {
            throw new IllegalArgumentException("origin of mount " + mount + " is nothing to execute");
        }
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        CgiScript script = CgiScript.find(mount, origin, http.request().path());
        if (script == null) {
            http.respondError(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
        } else if (http.request().contentLength() < 0) {
            // the program must be told the length beforehand (RFC 3875 4.1.2)
            http.respondError(HttpStatus.LENGTH_REQUIRED, Headers.EMPTY, "");
        } else if (!places.tryAcquire()) {
            http.respondError(HttpStatus.SERVICE_UNAVAILABLE, RETRY, "");
        } else {
            CgiRun run = new CgiRun(http, options, places);
            http.pss().run = run;
            run.start(script);
        }
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        CgiRun run = http.pss().run;
        if (run != null) {
            run.body(rx);
        }
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        CgiRun run = http.pss().run;
        if (run != null) {
            run.bodyComplete();
        }
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        CgiRun run = http.pss().run;
        if (run != null) {
            run.writeable(tx);
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        CgiRun run = http.pss().run;
        if (run != null) {
            run.closed(info);
        }
    }
}
