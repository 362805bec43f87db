package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.testing.LoopContract;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.swing.SwingUtilities;

/** Callbacks on the event dispatch thread. */
class SwingLoopTest extends LoopContract {
    @Override
    protected Context start(Context.Builder builder) {
        Context context = builder.poller("nio").build();
        ForeignLoop.attach(context.loops().get(0), SwingUtilities::invokeLater);
        return context;
    }

    @Override
    protected void stop() throws Exception {
        AtomicBoolean alive = new AtomicBoolean();
        SwingUtilities.invokeAndWait(() -> alive.set(true));
        assertTrue(alive.get());
    }
}
