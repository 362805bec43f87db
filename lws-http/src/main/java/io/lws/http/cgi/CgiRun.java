package io.lws.http.cgi;

import io.lws.CloseInfo;
import io.lws.http.CgiOptions;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.loop.Timer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** One request and the process that answers it, on the loop's side. */
final class CgiRun implements CgiProcess.Listener {
    private static final long LENGTH_UNKNOWN = -1;

    /** How far the answer is. */
    private enum Stage {
        WAITING,
        BEGUN,
        ENDED
    }

    private final HttpTransaction<?> http;
    private final CgiOptions options;
    private final CgiProcess process;
    private final Timer timer = new Timer(nowNs -> timedOut());
    private Stage stage = Stage.WAITING;
    private long leftBytes = LENGTH_UNKNOWN;
    private boolean paused;

    CgiRun(HttpTransaction<?> http, CgiOptions options, Semaphore places) {
        this.http = http;
        this.options = options;
        process = new CgiProcess(http.tag(), this, places);
    }

    void start(CgiScript script) {
        ProcessBuilder command = new ProcessBuilder(script.program().toString());
        Map<String, String> environment = command.environment();
        environment.clear();
        environment.putAll(CgiEnvironment.of(http, script, options.environment()));
        Path parent = options.directory() == null ? script.program().getParent() : options.directory();
        if (parent != null) {
            command.directory(parent.toFile());
        }
        http.loop().schedule(timer, options.timeout().toNanos());
        process.start(
                command, new CgiHeader(options.headerBytes()), options.timeout().toNanos());
    }

    // ---- from the loop

    void body(ByteBuffer rx) {
        if (stage == Stage.ENDED) {
            rx.position(rx.limit());
            return;
        }
        byte[] copy = new byte[rx.remaining()];
        rx.get(copy);
        process.input.add(copy);
        if (process.input.size() >= CgiProcess.MAX_PIECES) {
            paused = true;
            http.pauseRx();
        }
    }

    void bodyComplete() {
        process.input.add(CgiProcess.END);
    }

    void writeable(HttpTx tx) {
        if (stage != Stage.BEGUN) {
            return;
        }
        while (tx.isReady()) {
            byte[] piece = process.output.poll();
            if (piece == null) {
                return;
            }
            if (piece == CgiProcess.END) {
                finish(tx);
                return;
            }
            write(tx, piece);
            if (stage != Stage.BEGUN) {
                return;
            }
        }
        http.requestWriteable();
    }

    private void write(HttpTx tx, byte[] piece) {
        if (leftBytes == LENGTH_UNKNOWN) {
            tx.write(ByteBuffer.wrap(piece));
            return;
        }
        int length = (int) Math.min(leftBytes, piece.length);
        tx.write(ByteBuffer.wrap(piece, 0, length));
        leftBytes -= length;
        if (leftBytes == 0 && length < piece.length) {
            finish(tx); // more than it said there would be
        }
    }

    private void finish(HttpTx tx) {
        stage = Stage.ENDED;
        if (leftBytes > 0 && http.request().method() != HttpMethod.HEAD) {
            http.abort(); // less than it said: only the end of the connection can say so now
        } else {
            tx.finish();
        }
    }

    void closed(CloseInfo info) {
        boolean whole = stage == Stage.ENDED && info.initiator() == CloseInfo.Initiator.LOCAL;
        stage = Stage.ENDED;
        http.loop().cancel(timer);
        if (!whole) {
            process.kill();
        }
    }

    private void timedOut() {
        process.kill();
        if (http.isOpen()) {
            fail(HttpStatus.GATEWAY_TIMEOUT);
        }
    }

    private void fail(int status) {
        if (stage == Stage.WAITING) {
            stage = Stage.ENDED;
            http.respondError(status, Headers.EMPTY, "");
        } else if (stage == Stage.BEGUN) {
            stage = Stage.ENDED;
            http.abort();
        }
    }

    // ---- from the threads of the process

    @Override
    public void onHeader(CgiHeader header) {
        http.execute(() -> {
            if (stage == Stage.WAITING) {
                stage = Stage.BEGUN;
                leftBytes = HttpStatus.isBodiless(header.status()) ? 0 : header.lengthBytes();
                http.start(header.status(), header.fields(), leftBytes);
                http.requestWriteable();
            }
        });
    }

    @Override
    public void onOutput() {
        http.execute(http::requestWriteable);
    }

    @Override
    public void onRoom() {
        http.execute(() -> {
            if (paused && process.input.size() < CgiProcess.MAX_PIECES) {
                paused = false;
                http.resumeRx();
            }
        });
    }

    @Override
    public void onFailure(String why) {
        http.execute(() -> fail(HttpStatus.BAD_GATEWAY));
    }
}
