package io.lws.lwsws;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged from now on, whatever level another test of this process has set for all. */
final class LoggedLines extends Handler {
    private final Logger logger;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    LoggedLines(String name) {
        logger = Logger.getLogger(name);
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    boolean contains(String part) {
        return lines.stream().anyMatch(each -> each.contains(part));
    }

    @Override
    public void publish(LogRecord event) {
        lines.add(event.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
