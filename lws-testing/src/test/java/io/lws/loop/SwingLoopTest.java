package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.testing.LoopContract;
import java.awt.Toolkit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Callbacks on the event dispatch thread; a timer of Swing's own goes on before, meanwhile and after. */
class SwingLoopTest extends LoopContract {
    static {
        // events need no screen; the one that DISPLAY names may be gone, or somebody else's
        System.setProperty("java.awt.headless", "true");
    }

    private final Semaphore ticks = new Semaphore(0);
    private final Timer timer = new Timer(1, event -> ticks.release());

    @Override
    protected Context start(Context.Builder builder) throws InterruptedException {
        timer.start();
        awaitTick();
        Context context = builder.poller("nio").build();
        ForeignLoop.attach(context.loops().get(0), SwingUtilities::invokeLater);
        return context;
    }

    @Override
    protected void stop() throws Exception {
        awaitTick();
        timer.stop();
        SwingUtilities.invokeAndWait(() -> {});
        assertNull(Toolkit.getDefaultToolkit().getSystemEventQueue().peekEvent(), "an event is left");
    }

    private void awaitTick() throws InterruptedException {
        ticks.drainPermits();
        assertTrue(ticks.tryAcquire(20, TimeUnit.SECONDS), "Swing's own timer does not fire any more");
    }
}
