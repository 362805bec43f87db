package io.lws.bench.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.io.File;
import javax.net.ssl.SSLException;

/** Plain text over HTTP/2. Answers are flushed once for all that was read. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends in exceptionCaught
final class NettyH2 extends ChannelInboundHandlerAdapter {
    private static final ByteBuf HELLO =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Told.hello()));
    private static final String HELLO_LENGTH = Integer.toString(Told.hello().length);

    static SslContext tls(SslProvider provider) throws SSLException {
        File pem = Told.pem().toFile();
        return SslContextBuilder.forServer(pem, pem)
                .sslProvider(provider)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
    }

    static Http2FrameCodec codec() {
        return Http2FrameCodecBuilder.forServer().build();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2HeadersFrame request && request.isEndStream()) {
                answer(ctx, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static void answer(ChannelHandlerContext ctx, Http2HeadersFrame request) {
        boolean found = "/plaintext".contentEquals(request.headers().path());
        Http2Headers headers = new DefaultHttp2Headers(false).status(found ? "200" : "404");
        if (found) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
            headers.set(HttpHeaderNames.CONTENT_LENGTH, HELLO_LENGTH);
        }
        ctx.write(new DefaultHttp2HeadersFrame(headers, !found).stream(request.stream()));
        if (found) {
            ctx.write(new DefaultHttp2DataFrame(HELLO.duplicate(), true).stream(request.stream()));
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
