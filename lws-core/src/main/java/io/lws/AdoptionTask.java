package io.lws;

import io.lws.loop.EventLoop;
import io.lws.net.Adoption;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** An adoption on its way to the loop that is to serve it. */
record AdoptionTask(LoopNet net, Adoption adopted, Role role, VhostGroup group, CompletableFuture<Void> done)
        implements EventLoop.Task {
    static CompletableFuture<Void> run(LoopNet net, Adoption adopted, Role role, VhostGroup group) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        net.loop().execute(new AdoptionTask(net, adopted, role, group, done));
        return done;
    }

    @Override
    public void run() {
        try {
            net.adopt(adopted, connection -> role.accept(connection, group));
            done.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void dropped() {
        adopted.close();
        done.completeExceptionally(new IllegalStateException("the context has closed"));
    }
}
