package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contexts whose vhost echoes, with callers who do not hang up until they are told to. */
abstract class EchoContexts {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    final EchoRole role = new EchoRole();
    final List<Caller> callers = new ArrayList<>();

    static Vhost.Builder vhost(int port) {
        return Vhost.builder("localhost").listen(InetAddress.getLoopbackAddress(), port);
    }

    Context.Builder builder() {
        return Context.builder().role(role);
    }

    Context context(int loops) {
        return leaks.watch(builder().loops(loops).vhost(vhost(0).build()).build());
    }

    static int port(Context context) {
        return context.vhosts().get(0).port();
    }

    void call(Context context, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Caller caller = new Caller(port(context));
            callers.add(caller);
            assertEquals(i & 0x7f, caller.echo(i & 0x7f));
        }
    }

    void hangUp() throws IOException {
        for (Caller each : callers) {
            each.close();
        }
        callers.clear();
    }
}
