package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.lws.Context;
import io.lws.Limits;
import io.lws.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a connection, an armed timer, a watched channel. To be a field with {@code
 * @RegisterExtension}; what it makes or is told to watch is looked at after each test that has passed.
 */
public final class LeakCheck implements AfterEachCallback {
    private final List<Runnable> checks = new ArrayList<>();

    /** Watches nothing yet. */
    public LeakCheck() {}

    /** A loop to drive by hand, watched. */
    public LoopRunner loop() {
        return loop(Limits.DEFAULT);
    }

    /** As {@link #loop()}, with bounds of the test's own. */
    public LoopRunner loop(Limits limits) {
        LoopRunner runner = new LoopRunner(limits);
        checks.add(() -> assertNothingLeft(runner));
        return runner;
    }

    /** Watches a context, which the test must have closed by its end. */
    public Context watch(Context context) {
        checks.add(() -> assertNothingLeft(context));
        return context;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getExecutionException().isEmpty()) {
            checks.forEach(Runnable::run);
        }
    }

    /** Asserts that no connection, no armed timer and no work is left on {@code runner}'s loop. */
    public static void assertNothingLeft(LoopRunner runner) {
        runner.settle();
        assertEquals(0, runner.net().load(), "connections left");
        runner.net()
                .forEach(each -> fail("a connection left, role " + each.role().roleName() + ", " + each.phase()));
        assertNothingLeft(runner.loop());
    }

    /** Asserts that {@code context} is closed and left nothing. */
    public static void assertNothingLeft(Context context) {
        assertTrue(context.isClosed(), "context not closed");
        assertEquals(0, context.connections(), "connections left");
        context.loops().forEach(LeakCheck::assertNothingLeft);
    }

    private static void assertNothingLeft(EventLoop loop) {
        assertEquals(0, loop.armedTimers(), "armed timers left on loop " + loop.index());
        assertEquals(0, loop.poller().size(), "watched channels left on loop " + loop.index());
    }
}
