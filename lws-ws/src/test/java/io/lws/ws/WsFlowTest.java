package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions as ends of reactive streams: demand is what moves. */
class WsFlowTest {
    @RegisterExtension
    final WsRig rig = new WsRig();

    private long requested;
    private boolean cancelled;

    private final Flow.Subscription asked = new Flow.Subscription() {
        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    };

    @Nested
    class Outwards {
        private WsOutflow begin() {
            WsOutflow outflow = WsOutflow.to(rig.open());
            outflow.onSubscribe(asked);
            return outflow;
        }

        @Test
        void asksForMoreWhenWhatItHadIsSent() {
            WsOutflow outflow = begin();
            assertEquals(32, requested);
            rig.near.refuse();
            outflow.onNext(WsMessage.text("a"));
            rig.loop.settle();
            outflow.onNext(WsMessage.text("b"));
            outflow.onNext(WsMessage.text("c"));
            rig.loop.settle();
            assertEquals(33, requested, "only what the socket has taken");
            rig.near.allow();
            rig.loop.settle();
            assertEquals(35, requested);
            rig.assertSent("TEXT a", "TEXT b", "TEXT c");
        }

        @Test
        void closesAfterTheLastOne() {
            WsOutflow outflow = begin();
            outflow.onNext(WsMessage.text("last"));
            outflow.onComplete();
            rig.loop.settle();
            rig.assertSent("TEXT last", "CLOSE 1000");
        }

        @Test
        void closesForAnError() {
            begin().onError(new IllegalStateException("meant"));
            rig.loop.settle();
            rig.assertSent("CLOSE 1011");
        }

        @Test
        void cancelsWithTheSession() {
            begin();
            rig.far.reset();
            rig.loop.settle();
            assertTrue(cancelled);
        }

        @Test
        void hasOnePublisher() {
            WsOutflow outflow = begin();
            outflow.onSubscribe(asked);
            assertTrue(cancelled);
            assertEquals(32, requested);
        }
    }

    @Nested
    class Inwards implements Flow.Subscriber<WsMessage> {
        private final List<String> events = new ArrayList<>();
        private WsInflow inflow;
        private Flow.Subscription subscription;

        private void begin() {
            rig.protocol.at("established", ws -> inflow = new WsInflow(ws)).takingFragments(rx -> inflow.next(rx));
            rig.protocol.at("closed", ws -> inflow.end(rig.protocol.closeInfo));
            rig.open();
            inflow.subscribe(this);
            rig.loop.settle();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(WsMessage message) {
            events.add(message.text());
        }

        @Override
        public void onError(Throwable error) {
            events.add(error.toString());
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }

        private void ask(long messages) {
            subscription.request(messages);
            rig.loop.settle();
        }

        @Test
        void givesWhatIsAskedForAndNoMore() {
            begin();
            rig.send(WsRig.text("a"), WsRig.text("b"), WsRig.text("c"));
            assertEquals(List.of(), events);
            ask(1);
            assertEquals(List.of("a"), events);
            ask(Long.MAX_VALUE);
            ask(Long.MAX_VALUE);
            rig.send(WsRig.text("d"), WsRig.close(1000, ""));
            assertEquals(List.of("a", "b", "c", "d", "complete"), events);
        }

        @Test
        void endsInErrorUnlessClosedNormally() {
            begin();
            ask(1);
            rig.send(WsRig.close(1001, "away"));
            assertEquals(List.of("java.io.IOException: 1001 away"), events);
        }

        @Test
        void refusesToBeAskedForNothing() {
            begin();
            ask(0);
            assertEquals(1, events.size());
            assertTrue(events.get(0).contains("IllegalArgumentException"), events::toString);
        }

        @Test
        void letsTheSessionGoOnWhenCancelled() {
            begin();
            subscription.cancel();
            rig.send(WsRig.text("a"), WsRig.ping("p"));
            rig.assertSent("PONG p");
            assertEquals(List.of(), events);
        }

        @Test
        void isForOne() {
            begin();
            List<String> second = new ArrayList<>();
            inflow.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription given) {}

                @Override
                public void onNext(WsMessage message) {}

                @Override
                public void onError(Throwable error) {
                    second.add("refused");
                }

                @Override
                public void onComplete() {}
            });
            rig.loop.settle();
            assertEquals(List.of("refused"), second);
            ask(1);
            rig.send(WsRig.text("a"));
            assertEquals(List.of("a"), events);
            assertFalse(rig.near.isClosed());
        }
    }
}
