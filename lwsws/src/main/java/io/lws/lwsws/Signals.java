package io.lws.lwsws;

import io.lws.Log;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Runs actions on signals of the system. Java has no public way to hear of one; the JDK's own type is reached by name,
 * and where it is missing a signal is not heard, which is logged.
 */
final class Signals {
    private static final Log LOG = Log.of("lwsws");

    private Signals() {}

    /** Runs {@code action} on a thread of its own each time the signal, such as {@code HUP}, comes. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listening = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            new Thread(action, "lwsws-" + name).start();
                            return null;
                        }
                        return method.getName().equals("equals")
                                ? proxy == args[0]
                                : method.getName().equals("hashCode") ? 0 : "lwsws";
                    });
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listening);
            if (handler.getField("SIG_IGN").get(null).equals(before)) {
                LOG.warn(
                        "signals",
                        "SIG" + name + " is not heard: who started this process has it ignored, as nohup does");
            }
        } catch (InvocationTargetException e) {
            LOG.warn("signals", "SIG" + name + " is not heard: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            LOG.warn("signals", "SIG" + name + " is not heard: " + e);
        }
    }
}
