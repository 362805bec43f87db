package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of several sessions on a {@link MqttSharedConnection}. */
final class SharedSession<S extends @Nullable Object> implements MqttSession<S> {
    private static final Log LOG = Log.of("lws.mqtt");

    private final MqttSharedConnection shared;
    private final MqttProtocol<S> protocol;
    private final S pss;
    private final int number;
    private volatile boolean open = true;
    private volatile boolean established;
    private boolean writeableWanted;
    private boolean paused;

    SharedSession(MqttSharedConnection shared, MqttProtocol<S> protocol, int number) {
        this.shared = shared;
        this.protocol = protocol;
        this.number = number;
        pss = protocol.newPss();
    }

    // ---- from the connection; what a callback throws ends this session alone

    void established(ConnAck answer) {
        guarded(() -> {
            established = true;
            protocol.onEstablished(this, answer);
        });
    }

    void disconnected(CloseInfo info) {
        guarded(() -> {
            if (established) {
                established = false;
                protocol.onDisconnected(this, info);
            }
        });
    }

    void receive(MqttRx rx) {
        guarded(() -> protocol.onReceive(this, rx));
    }

    void writeable() {
        if (writeableWanted) {
            writeableWanted = false;
            guarded(() -> protocol.onWriteable(this));
        }
    }

    boolean isPaused() {
        return paused;
    }

    boolean wantsWriteable() {
        return writeableWanted;
    }

    private void guarded(Runnable callback) {
        if (!open) {
            return;
        }
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.error(tag(), "a callback threw; its session is closed", e);
            end(CloseInfo.callback(e));
        }
    }

    /** Once; the connection and the other sessions go on. */
    void end(CloseInfo info) {
        if (!open) {
            return;
        }
        open = false;
        established = false;
        shared.leave(this);
        try {
            protocol.onClosed(this, info);
        } catch (RuntimeException | Error e) {
            LOG.error(tag(), "onClosed threw", e);
        }
    }

    // ---- session

    @Override
    public Publishing publish(MqttMessage message) {
        return offer(message, null);
    }

    @Override
    public Publishing publish(MqttMessage message, PayloadSource payload) {
        return offer(message, payload);
    }

    private Publishing offer(MqttMessage message, @Nullable PayloadSource payload) {
        if (!open) {
            loop().assertInLoop();
            return Publishing.CLOSED;
        }
        return shared.session().publish(message, payload, (code, answer) -> {
            if (message.qos() != Qos.AT_MOST_ONCE) {
                guarded(() -> protocol.onAck(this, message, code, answer));
            }
        });
    }

    @Override
    public void subscribe(List<Subscription> subscriptions) {
        loop().assertInLoop();
        if (!open) {
            return;
        }
        List<Subscription> needed = new ArrayList<>();
        for (Subscription each : subscriptions) {
            Subscription more = shared.filters().add(this, each);
            if (more != null) {
                needed.add(more);
            }
        }
        if (needed.isEmpty()) {
            loop().execute(() -> subscribed(subscriptions));
        } else {
            shared.session().subscribe(needed, (codes, answer) -> answered(subscriptions, needed, codes, answer));
        }
    }

    @Override
    public void subscribe(List<Subscription> subscriptions, MqttProperties properties) {
        if (!properties.isEmpty()) {
            throw new IllegalArgumentException("a filter on a shared connection has no properties");
        }
        subscribe(subscriptions);
    }

    private void answered(
            List<Subscription> asked, List<Subscription> needed, List<Integer> codes, MqttProperties answer) {
        List<Integer> all = new ArrayList<>(granted(asked));
        for (int i = 0; i < needed.size(); i++) {
            String filter = needed.get(i).filter();
            shared.filters().answered(this, filter, codes.get(i));
            for (int j = 0; j < asked.size(); j++) {
                if (asked.get(j).filter().equals(filter)) {
                    all.set(j, codes.get(i));
                }
            }
        }
        guarded(() -> protocol.onSubscribed(this, asked, List.copyOf(all), answer));
    }

    /** The broker has forgotten what it had granted, and refuses some of it now. */
    void notRenewed(List<Subscription> asked, List<Integer> codes, MqttProperties answer) {
        Set<String> held = shared.filters().of(this);
        List<Subscription> refused = new ArrayList<>();
        List<Integer> why = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (ReasonCode.isError(codes.get(i)) && held.contains(asked.get(i).filter())) {
                refused.add(asked.get(i));
                why.add(codes.get(i));
            }
        }
        if (!refused.isEmpty()) {
            guarded(() -> protocol.onSubscribed(this, refused, why, answer));
        }
    }

    private void subscribed(List<Subscription> asked) {
        guarded(() -> protocol.onSubscribed(this, asked, granted(asked), MqttProperties.NONE));
    }

    private List<Integer> granted(List<Subscription> asked) {
        return asked.stream()
                .map(each -> shared.filters().granted(each.filter()))
                .toList();
    }

    @Override
    public void unsubscribe(List<String> filters) {
        loop().assertInLoop();
        if (!open) {
            return;
        }
        List<String> unheld = filters.stream()
                .filter(each -> shared.filters().remove(this, each))
                .toList();
        Request.WhenDone tell = (codes, answer) -> guarded(() -> protocol.onUnsubscribed(
                this, filters, filters.stream().map(each -> ReasonCode.SUCCESS).toList(), answer));
        if (unheld.isEmpty()) {
            loop().execute(() -> tell.accept(List.of(), MqttProperties.NONE));
        } else {
            shared.session().unsubscribe(unheld, tell);
        }
    }

    @Override
    public void requestWriteable() {
        loop().assertInLoop();
        writeableWanted = true;
        shared.session().requestWriteable();
    }

    @Override
    public void pauseRx() {
        loop().assertInLoop();
        paused = true;
        shared.pauseOrResume();
    }

    @Override
    public void resumeRx() {
        loop().assertInLoop();
        paused = false;
        shared.pauseOrResume();
    }

    @Override
    public void close() {
        close(ReasonCode.SUCCESS);
    }

    @Override
    public void reauthenticate() {
        shared.session().reauthenticate();
    }

    void reauthenticated() {
        guarded(() -> protocol.onReauthenticated(this));
    }

    @Override
    public void close(int reasonCode, MqttProperties properties) {
        if (!properties.isEmpty()) {
            throw new IllegalArgumentException("a session on a shared connection sends no DISCONNECT");
        }
        close(reasonCode);
    }

    @Override
    public void close(int reasonCode) {
        loop().assertInLoop();
        end(CloseInfo.local(reasonCode, "closed by the protocol"));
    }

    @Override
    public void dropConnection() {
        shared.session().dropConnection();
    }

    @Override
    public String clientId() {
        return shared.session().clientId();
    }

    @Override
    public boolean isConnected() {
        return established;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return shared.session().vhost();
    }

    @Override
    public EventLoop loop() {
        return shared.session().loop();
    }

    @Override
    public String tag() {
        return shared.session().tag() + "|" + number;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return shared.session().remoteAddress();
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(() -> guarded(task));
    }
}
