package io.lws.examples.ws.client.binance;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Invents trades, some hundred a second, for everybody who is connected; who is slow gets the latest of each symbol. */
final class FeedProtocol implements WsProtocol<Void> {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "BNBUSDT");
    private static final long PAUSE_US = 2_000;

    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.CONFLATE).build();
    private final ScheduledExecutorService exchange = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random();
    private final double[] prices = {60_000, 3_000, 500};
    private long trade;

    FeedProtocol(Vhost vhost, ProtocolOptions options) {
        var unused = exchange.scheduleAtFixedRate(this::trade, PAUSE_US, PAUSE_US, TimeUnit.MICROSECONDS);
    }

    private void trade() {
        int which = random.nextInt(prices.length);
        String symbol = SYMBOLS.get(which);
        prices[which] *= 1 + random.nextGaussian() / 10_000;
        trade++;
        everybody.send(symbol, WsMessage.text(json(symbol, prices[which])));
    }

    private String json(String symbol, double price) {
        return "{\"e\":\"trade\",\"E\":" + nowUs() + ",\"s\":\"" + symbol + "\",\"t\":" + trade + ",\"p\":\""
                + Math.round(price * 100) / 100.0 + "\",\"q\":\"" + random.nextInt(1, 1000) / 1000.0 + "\"}";
    }

    static long nowUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        everybody.add(ws);
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        everybody.remove(ws);
    }

    @Override
    public void close() {
        exchange.shutdownNow();
    }
}
