package io.lws.examples.ws.client.binance;

import io.lws.loop.Timer;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Prints each second how many trades came and how old they were: from the time the feed wrote into them to their arrival. */
final class WatchProtocol implements WsProtocol<Void> {
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final byte[] EVENT_TIME = "\"E\":".getBytes(StandardCharsets.US_ASCII);

    private final int seconds;
    private int reports;
    private long trades;
    private long bytes;
    private long ageSumUs;
    private long ageMaxUs;

    /** {@code seconds}: how many to watch. */
    WatchProtocol(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        System.out.println("connected");
        ws.loop().schedule(new Timer(nowNs -> report(ws)), SECOND_NS);
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        long ageUs = Math.max(0, FeedProtocol.nowUs() - eventTimeUs(rx));
        trades++;
        bytes += rx.lengthBytes();
        ageSumUs += ageUs;
        ageMaxUs = Math.max(ageMaxUs, ageUs);
    }

    /** The number behind {@code "E":}, read where it lies: a parser of JSON would do more, and make objects of it. */
    private static long eventTimeUs(WsFragment rx) {
        var json = rx.payload();
        int matched = 0;
        while (json.hasRemaining() && matched < EVENT_TIME.length) {
            matched = json.get() == EVENT_TIME[matched] ? matched + 1 : 0;
        }
        long number = 0;
        while (json.hasRemaining()) {
            int digit = json.get() - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private void report(WsSession<Void> ws) {
        if (!ws.isOpen()) {
            return;
        }
        long averageUs = trades == 0 ? 0 : ageSumUs / trades;
        System.out.println(trades + " trades, " + bytes + " bytes, age " + averageUs + " us, at most " + ageMaxUs);
        trades = 0;
        bytes = 0;
        ageSumUs = 0;
        ageMaxUs = 0;
        if (++reports == seconds) {
            ws.close();
        } else {
            ws.loop().schedule(new Timer(nowNs -> report(ws)), SECOND_NS);
        }
    }
}
