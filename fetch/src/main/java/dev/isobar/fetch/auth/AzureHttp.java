package dev.isobar.fetch.auth;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.isobar.plan.Request;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Lets Azure's library send its requests by our client: with its limits, retries and proxies, and
/// without a second HTTP client in the process.
final class AzureHttp implements HttpClient {
  private final TokenClient client;
  private final Redaction redaction;

  AzureHttp(TokenClient client, Redaction redaction) {
    this.client = client;
    this.redaction = redaction;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> answer(request));
  }

  private HttpResponse answer(HttpRequest request) throws InterruptedException {
    List<Request.Pair> headers = new ArrayList<>();
    request
        .getHeaders()
        .forEach(header -> {
          // Our client writes these two itself, and lets nobody else.
          if (!header.getName().equalsIgnoreCase("Content-Length")
              && !header.getName().equalsIgnoreCase("Host")) {
            headers.add(new Request.Pair(header.getName(), header.getValue()));
          }
        });
    String body =
        request.getBodyAsBinaryData() == null ? null : request.getBodyAsBinaryData().toString();
    TokenClient.Reply reply =
        client.send(
            request.getHttpMethod().toString(),
            URI.create(request.getUrl().toString()),
            headers,
            body,
            redaction);
    return new Answer(request, reply);
  }

  /// A whole answer.
  private static final class Answer extends HttpResponse {
    private final TokenClient.Reply reply;

    Answer(HttpRequest request, TokenClient.Reply reply) {
      super(request);
      this.reply = reply;
    }

    @Override
    public int getStatusCode() {
      return reply.status();
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // It overrides what the library calls so.
    public @Nullable String getHeaderValue(String name) {
      return reply.headers().firstValue(name).orElse(null);
    }

    @Override
    public HttpHeaders getHeaders() {
      HttpHeaders headers = new HttpHeaders();
      reply
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!name.startsWith(":")) {
              headers.set(HttpHeaderName.fromString(name), values);
            }
          });
      return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.just(ByteBuffer.wrap(bytes()));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(bytes());
    }

    @Override
    public Mono<String> getBodyAsString() {
      return Mono.just(reply.body());
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(reply.body());
    }

    private byte[] bytes() {
      return reply.body().getBytes(StandardCharsets.UTF_8);
    }
  }
}
