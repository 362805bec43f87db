package io.lws.bench.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Echo at any path, but {@code /pub}, whose messages go to all of {@code /bcast}. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends in exceptionCaught
final class NettyWs extends ChannelInboundHandlerAdapter {
    private static final List<Channel> SUBSCRIBERS = new CopyOnWriteArrayList<>();

    private final boolean publishes;
    private final boolean subscribes;

    NettyWs(String path) {
        publishes = path.equals("/pub");
        subscribes = path.equals("/bcast");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (subscribes) {
            SUBSCRIBERS.add(ctx.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        SUBSCRIBERS.remove(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof BinaryWebSocketFrame frame && !publishes) {
            // the echo takes over what was read
            ctx.write(frame, ctx.voidPromise());
            return;
        }
        if (message instanceof BinaryWebSocketFrame frame) {
            broadcast(frame);
        } else if (message instanceof CloseWebSocketFrame) {
            ctx.close();
        }
        ReferenceCountUtil.release(message);
    }

    private static void broadcast(WebSocketFrame frame) {
        for (Channel each : SUBSCRIBERS) {
            each.writeAndFlush(frame.retainedDuplicate(), each.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
