package io.consentry.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which HTTP/1 requests are none, and the answer to them: in our form and with the headers of every answer, where the HTTP layer
 * would send an empty one. What lets two readers see two requests is refused and its connection closed (RFC 9112 §3.2, §6.3,
 * §11.2): two hosts or none; two lengths, and a length beside a transfer coding, which the decoder has reported already.
 */
@ApplicationScoped
class Refusals {

    private static final int MALFORMED = 400;

    private final Faults faults;
    private final SecurityHeaders headers;

    Refusals(Faults faults, SecurityHeaders headers) {
        this.faults = faults;
        this.headers = headers;
    }

    /** The status to refuse a request with; empty for one that is well formed. */
    OptionalInt reason(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return OptionalInt.of(
                    switch (request.decoderResult().cause()) {
                        case TooLongHttpLineException line -> FaultMappers.ADDRESS_TOO_LONG;
                        case TooLongHttpHeaderException header -> FaultMappers.HEADERS_TOO_LARGE;
                        case null, default -> MALFORMED;
                    });
        }
        return isKnown(request.protocolVersion()) && hasOneHost(request) && isAddress(request.uri())
                ? OptionalInt.empty()
                : OptionalInt.of(MALFORMED);
    }

    private static boolean isKnown(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    /** HTTP/1.0 knew no hosts. */
    private static boolean hasOneHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.isEmpty()
                ? !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                : hosts.size() == 1 && !hosts.getFirst().contains(",");
    }

    private static boolean isAddress(String uri) {
        try {
            var unused = new URI(uri);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    FullHttpResponse answer(HttpRequest request, int status) {
        String traceId = TraceIds.random();
        String path = request.uri().replaceFirst("[?#].*", "");
        Response answer = faults.answer(FaultMappers.framework(status), path, false, traceId);
        byte[] body = faults.text(answer).getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.getStatus()), Unpooled.wrappedBuffer(body));
        answer.getStringHeaders().forEach((name, values) -> response.headers().set(name, values));
        headers.each((name, value) -> {
            if (!response.headers().contains(name)) {
                response.headers().set(name, value);
            }
        });
        response.headers()
                .set(TraceIds.HEADER, traceId)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
