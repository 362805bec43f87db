package io.lws.bench.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Plain text, files, and the way into WebSocket. Answers are flushed once for all that was read. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends in exceptionCaught
final class NettyHttp extends ChannelInboundHandlerAdapter {
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final HttpHeadersFactory UNCHECKED_TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);
    private static final ByteBuf HELLO =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Told.hello()));
    private static final String HELLO_LENGTH = Integer.toString(Told.hello().length);
    private static final String STATIC = "/static/";
    private static final Path FILES = Told.files();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        try {
            if (message instanceof HttpRequest request) {
                answer(ctx, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static void answer(ChannelHandlerContext ctx, HttpRequest request) throws IOException {
        String uri = request.uri();
        if (uri.equals("/plaintext")) {
            ctx.write(hello(), ctx.voidPromise());
        } else if (uri.startsWith(STATIC) && !uri.contains("..")) {
            file(ctx, uri.substring(STATIC.length()));
        } else if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            upgrade(ctx, request);
        } else {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            ctx.write(response);
        }
    }

    private static FullHttpResponse hello() {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, HELLO.duplicate(), UNCHECKED, UNCHECKED_TRAILERS);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, HELLO_LENGTH);
        return response;
    }

    private static void file(ChannelHandlerContext ctx, String name) throws IOException {
        // closed by the region, once it has been sent
        RandomAccessFile file = new RandomAccessFile(FILES.resolve(name).toFile(), "r");
        long lengthBytes = file.length();
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM)
                .set(HttpHeaderNames.CONTENT_LENGTH, lengthBytes);
        ctx.write(response);
        ctx.write(new DefaultFileRegion(file.getChannel(), 0, lengthBytes));
        ctx.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://localhost/", null, false, Told.MAX_MESSAGE_BYTES)
                .newHandshaker(request);
        ctx.pipeline().addLast(new NettyWs(request.uri()));
        ctx.pipeline().remove(NettyHttp.class);
        FullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        handshaker.handshake(ctx.channel(), whole);
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
