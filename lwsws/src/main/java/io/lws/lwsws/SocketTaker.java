package io.lws.lwsws;

import io.lws.Log;
import io.lws.net.Listener;
import io.lws.net.SocketHandover;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Takes the listening sockets of a process that serves. Closed before {@link #complete}, that one serves on. */
final class SocketTaker implements AutoCloseable {
    private static final Log LOG = Log.of("lwsws");

    private final SocketChannel channel;
    private final HandoverDialogue dialogue;
    private final Places places;

    private SocketTaker(SocketChannel channel, HandoverDialogue dialogue, Places places) {
        this.channel = channel;
        this.dialogue = dialogue;
        this.places = places;
    }

    /**
     * Asks at {@code adminSocket} for the sockets of the process there.
     *
     * @throws ConfigurationException saying why they cannot be had
     */
    static SocketTaker of(Path adminSocket) {
        SocketHandover.obstacle().ifPresent(why -> {
            throw new ConfigurationException(List.of("--take-over: " + why));
        });
        try {
            AdminClient.Answer answer = new AdminClient(adminSocket).ask("POST", "/handover");
            if (!answer.isGood()) {
                throw new IOException("the process at " + adminSocket + " says: "
                        + answer.text().strip());
            }
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(answer.text().strip()));
                HandoverDialogue dialogue = new HandoverDialogue(channel);
                Map<SocketAddress, Listener> taken = dialogue.take();
                return new SocketTaker(channel, dialogue, new Places(taken, Places.DESCRIPTORS));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ConfigurationException(List.of("--take-over: " + e.getMessage()));
        }
    }

    Places places() {
        return places;
    }

    /** {@code first} serves these sockets: the process that did goes on with its connections alone. */
    void complete(Running first) {
        try {
            dialogue.sayServing();
            dialogue.awaitDraining();
        } catch (IOException e) {
            // whatever became of it, its sockets are served here
            LOG.warn("handover", "the process before: " + e.getMessage());
        }
        for (Listener each : places.listeners()) {
            if (!first.places().listeners().contains(each)) {
                LOG.info("handover", each + " is in no vhost any more");
                each.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("handover", String.valueOf(e.getMessage()));
        }
    }
}
