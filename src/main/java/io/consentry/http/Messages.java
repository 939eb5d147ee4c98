package io.consentry.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.OptionalInt;

/**
 * Stands between the decoder of HTTP/1 and Vert.x: refuses what is no request, and closes a connection on which far more are sent
 * than answers are awaited (RFC 9112 §9.3.2 lets a client send ahead, and Vert.x would keep them all).
 */
final class Messages extends ChannelDuplexHandler {

    private static final int MOST_AHEAD = 64;
    private static final String DECODER = "httpDecoder";
    private static final String VERTX = "handler";
    private static final String TLS = "ssl";

    private final Refusals refusals;
    private int unanswered;
    private boolean refused;

    private Messages(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Takes its place in a pipeline that Vert.x has made, or is about to when the handshake of TLS is over. */
    static void watch(ChannelPipeline pipeline, Refusals refusals) {
        if (pipeline.get(TLS) == null) {
            enter(pipeline, refusals);
        } else {
            pipeline.addAfter(TLS, "messages", new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    context.fireUserEventTriggered(event); // Vert.x makes the rest of the pipeline
                    if (event instanceof SslHandshakeCompletionEvent completed && completed.isSuccess()) {
                        enter(pipeline, refusals);
                        pipeline.remove(this);
                    }
                }
            });
        }
    }

    private static void enter(ChannelPipeline pipeline, Refusals refusals) {
        if (pipeline.get(DECODER) != null && pipeline.get(VERTX) != null) {
            pipeline.addBefore(VERTX, null, new Messages(refusals));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!refused && message instanceof HttpRequest request) {
            unanswered++;
            OptionalInt reason = refusals.reason(request);
            if (reason.isPresent() || unanswered > MOST_AHEAD) {
                refuse(context, request, reason);
            }
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void refuse(ChannelHandlerContext context, HttpRequest request, OptionalInt reason) {
        refused = true;
        if (reason.isPresent() && unanswered == 1) {
            context.writeAndFlush(refusals.answer(request, reason.getAsInt())).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close(); // an answer now would be taken for that of an earlier request
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            unanswered--;
        }
        super.write(context, message, promise);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
