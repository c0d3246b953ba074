package dev.isobar.sandbox;

import dev.isobar.model.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sandbox's own pages under `/_sandbox`: which providers it serves, the text messages, its
/// clock, and what was asked of it. They are never slowed down and never fail on purpose.
final class Inspector {
  private static final int KEPT = 200;

  private final Store store;
  private final String provider;
  private final Deque<Map<String, @Nullable Object>> last = new ArrayDeque<>();
  private long count;

  Inspector(Store store, String provider) {
    this.store = store;
    this.provider = provider;
  }

  static boolean isFor(HttpRequest request) {
    String path = request.path();
    return path.equals("/_sandbox") || path.startsWith("/_sandbox/");
  }

  synchronized void note(HttpRequest request, int status) {
    count++;
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("verb", request.verb());
    entry.put("url", request.target());
    entry.put("status", (long) status);
    last.addLast(entry);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  HttpResponse handle(HttpRequest request) {
    String base = "http://" + request.headers().getOrDefault("host", "127.0.0.1");
    return switch (request.verb() + " " + request.path()) {
      case "GET /_sandbox", "GET /_sandbox/" ->
          HttpResponse.json(
              200, Map.of("providers", Map.of(provider, base), "now", store.now().toString()));
      case "GET /_sandbox/messages" -> HttpResponse.json(200, Map.of("messages", messages()));
      case "GET /_sandbox/requests" -> HttpResponse.json(200, requests());
      case "GET /_sandbox/clock" -> HttpResponse.json(200, Map.of("now", store.now().toString()));
      case "POST /_sandbox/clock" -> clock(request);
      default -> HttpResponse.json(404, Map.of("message", "The sandbox has no such page."));
    };
  }

  private List<Map<String, @Nullable Object>> messages() {
    List<Map<String, @Nullable Object>> messages = new ArrayList<>();
    store.lock().readLock().lock();
    try {
      for (Store.Message message : store.messages()) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("to", message.to());
        entry.put("text", message.text());
        entry.put("code", message.code());
        entry.put("at", message.at().toString());
        messages.add(entry);
      }
    } finally {
      store.lock().readLock().unlock();
    }
    return messages;
  }

  private synchronized Map<String, @Nullable Object> requests() {
    Map<String, @Nullable Object> requests = new LinkedHashMap<>();
    requests.put("count", count);
    requests.put("last", new ArrayList<>(last));
    return requests;
  }

  private HttpResponse clock(HttpRequest request) {
    try {
      Object by = Values.object(Json.parse(request.body())).get("advance");
      Duration advance = Duration.parse(String.valueOf(by));
      if (!advance.isNegative()) {
        store.lock().writeLock().lock();
        try {
          store.advance(advance);
        } finally {
          store.lock().writeLock().unlock();
        }
        return HttpResponse.json(200, Map.of("now", store.now().toString()));
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // answered below
    }
    return HttpResponse.json(
        400, Map.of("message", "Send {\"advance\": \"PT11M\"}: an ISO 8601 duration."));
  }
}
