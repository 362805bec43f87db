package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.testing.LoopContract;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Callbacks on the thread of a loop of Netty's, which serves a connection of its own before, meanwhile and after. */
class NettyLoopTest extends LoopContract {
    private final NettyLoop netty = new NettyLoop();
    private final Channel server = new ServerBootstrap()
            .group(netty)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Echo())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    private final Socket client =
            new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());

    NettyLoopTest() throws IOException {
        client.setSoTimeout(20_000);
    }

    /** Tells what is in it. */
    private static final class NettyLoop extends SingleThreadIoEventLoop {
        NettyLoop() {
            super(null, new DefaultThreadFactory("netty"), NioIoHandler.newFactory());
        }

        String content() throws Exception {
            return submit(() -> pendingTasks() + " tasks, " + getNumOfRegisteredChannels() + " channels, timers: "
                            + hasScheduledTasks())
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            context.writeAndFlush(bytes);
        }
    }

    @Override
    protected Context start(Context.Builder builder) throws Exception {
        echo();
        assertEquals("0 tasks, 2 channels, timers: false", netty.content());
        Context context = builder.poller("nio").build();
        ForeignLoop.attach(context.loops().get(0), netty);
        return context;
    }

    @Override
    protected void stop() throws Exception {
        echo();
        assertEquals("0 tasks, 2 channels, timers: false", netty.content());
        assertFalse(netty.isShuttingDown());
        client.close();
        netty.shutdownGracefully(0, 20, TimeUnit.SECONDS);
        assertTrue(netty.awaitTermination(20, TimeUnit.SECONDS));
    }

    private void echo() throws IOException {
        client.getOutputStream().write(5);
        assertEquals(5, client.getInputStream().read());
    }
}
