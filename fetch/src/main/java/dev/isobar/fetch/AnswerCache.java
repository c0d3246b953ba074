package dev.isobar.fetch;

import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.plan.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Answers to scans, kept as they came so that the same request need not be sent again; those that
/// were not used for the longest time make room for others. Thread-safe.
///
/// A change sent from here forgets all answers of the same service: what one of its resources shows
/// may be part of what another does. An answer that was asked for before the change ended is not
/// kept either, because nobody knows which side of it it saw.
final class AnswerCache {
  /// What an entry takes besides its body, about.
  private static final int OVERHEAD = 1024;

  private final Timing timing;
  private final int whole;
  private final ReentrantLock lock = new ReentrantLock();

  // What follows is guarded by the lock.
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Long> changes = new HashMap<>();
  private long most;

  /// Bytes of the entries, and of the bodies that may become entries.
  private long kept;

  private long arriving;

  /// What makes two requests the same.
  private record Key(
      String verb,
      URI target,
      List<Request.Pair> headers,
      @Nullable String body,
      Credential credential) {
    static Key of(Outgoing out) {
      Request request = out.request();
      return new Key(
          request.verb(), out.target(), request.headers(), request.body(), out.credential());
    }

    long size() {
      return OVERHEAD + 2L * target.toString().length() + (body == null ? 0 : 2L * body.length());
    }
  }

  // Entries are never compared, and the bytes never changed.
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(
      String service, int status, HttpHeaders headers, byte[] body, long at, long size) {}

  /// What one scan asks of the cache.
  ///
  /// @param service whose changes make its answers old
  /// @param longest age of an answer that is used again
  record Use(String service, Duration longest) {}

  /// @param whole bytes up to which a body is given in one piece
  AnswerCache(Timing timing, int whole) {
    this.timing = timing;
    this.whole = whole;
  }

  /// Keeps at most so many bytes from now on; 0 forgets everything.
  void limit(long bytes) {
    lock.lock();
    try {
      most = bytes;
      makeRoom();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what is known of the service: it is about to be changed, or was.
  void changes(String service) {
    lock.lock();
    try {
      changes.merge(service, 1L, Long::sum);
      for (Iterator<Entry> each = entries.values().iterator(); each.hasNext(); ) {
        Entry entry = each.next();
        if (entry.service().equals(service)) {
          each.remove();
          kept -= entry.size();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reads the answer that is kept, or sends the request and keeps its answer.
  <T> T send(Sender sender, Outgoing out, Tally tally, Use use, Sender.Reader<T> reader)
      throws FetchFailure, InterruptedException {
    Key key = Key.of(out);
    long change;
    Entry entry;
    lock.lockInterruptibly();
    try {
      change = changes.getOrDefault(use.service(), 0L);
      entry = fresh(key, use.longest());
    } finally {
      lock.unlock();
    }
    if (entry == null) {
      return sender.send(out, tally, new Keeping<>(reader, key, use.service(), change));
    }
    tally.cacheHit(timing.nanos() - entry.at());
    return reader.read(response(entry, out.target()), Turn.none());
  }

  private @Nullable Entry fresh(Key key, Duration longest) {
    Entry entry = entries.get(key);
    if (entry == null || timing.nanos() - entry.at() <= longest.toNanos()) {
      return entry;
    }
    entries.remove(key);
    kept -= entry.size();
    return null;
  }

  /// As it came then: a large one in the pieces in which it is read.
  private Response response(Entry entry, URI uri) {
    byte[] body = entry.body();
    if (body.length <= whole) {
      return new Response(entry.status(), uri, entry.headers(), body);
    }
    return new Response(
        entry.status(),
        uri,
        entry.headers(),
        Arrays.copyOf(body, whole),
        new ByteArrayInputStream(body, whole, body.length - whole));
  }

  private void put(Key key, Entry entry, long change) {
    lock.lock();
    try {
      if (entry.size() > most || changes.getOrDefault(entry.service(), 0L) != change) {
        return;
      }
      Entry before = entries.put(key, entry);
      kept += entry.size() - (before == null ? 0 : before.size());
      makeRoom();
    } finally {
      lock.unlock();
    }
  }

  /// Takes room for a part of a body that is on its way.
  ///
  /// @return whether there is room for it
  private boolean arrives(int bytes) {
    lock.lock();
    try {
      if (arriving + bytes > most) {
        return false;
      }
      arriving += bytes;
      makeRoom();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void arrived(int bytes) {
    lock.lock();
    try {
      arriving -= bytes;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    Iterator<Entry> oldest = entries.values().iterator();
    while (kept + arriving > most && oldest.hasNext()) {
      kept -= oldest.next().size();
      oldest.remove();
    }
  }

  private static boolean mayBeKept(Response response) {
    if (response.status / 100 != 2) {
      return false;
    }
    for (String value : response.headers.allValues("Cache-Control")) {
      for (String directive : value.split(",", -1)) {
        if (directive.strip().toLowerCase(Locale.ROOT).equals("no-store")) {
          return false;
        }
      }
    }
    return true;
  }

  /// Keeps an answer that was read to its end, and made sense.
  private final class Keeping<T> implements Sender.Reader<T> {
    private final Sender.Reader<T> reader;
    private final Key key;
    private final String service;
    private final long change;

    Keeping(Sender.Reader<T> reader, Key key, String service, long change) {
      this.reader = reader;
      this.key = key;
      this.service = service;
      this.change = change;
    }

    @Override
    public boolean takes(Response response) {
      return reader.takes(response);
    }

    @Override
    public T read(Response response, Turn turn) throws FetchFailure, InterruptedException {
      long at = timing.nanos();
      if (!mayBeKept(response)) {
        return reader.read(response, turn);
      }
      if (response.isWhole()) {
        T read = reader.read(response, turn);
        keep(response, response.beginning(), at);
        return read;
      }
      Copied copied = new Copied(response);
      try {
        T read =
            reader.read(
                new Response(
                    response.status, response.uri, response.headers, response.beginning(), copied),
                turn);
        byte[] body = copied.whole();
        if (body != null) {
          keep(response, body, at);
        }
        return read;
      } finally {
        copied.drop();
      }
    }

    private void keep(Response response, byte[] body, long at) {
      put(
          key,
          new Entry(service, response.status, response.headers, body, at, key.size() + body.length),
          change);
    }
  }

  /// The rest of a large body, copied while it is read and as long as there is room.
  private final class Copied extends BulkInput {
    private final InputStream rest;
    private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private int taken;

    Copied(Response response) {
      this.rest = response.content(response.beginning().length);
      byte[] beginning = response.beginning();
      copy(beginning, 0, beginning.length);
    }

    private void copy(byte[] from, int offset, int length) {
      ByteArrayOutputStream to = copy;
      if (to == null) {
        return;
      }
      if (arrives(length)) {
        taken += length;
        to.write(from, offset, length);
      } else {
        drop();
      }
    }

    private void drop() {
      copy = null;
      arrived(taken);
      taken = 0;
    }

    /// All of the body, once what its reader left is read too; null when it is not to be had, or is
    /// too large.
    byte @Nullable [] whole() {
      byte[] piece = new byte[8192];
      try {
        while (copy != null && read(piece, 0, piece.length) >= 0) {}
      } catch (IOException e) {
        drop();
      }
      ByteArrayOutputStream all = copy;
      return all == null ? null : all.toByteArray();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = rest.read(to, offset, length);
      if (read > 0) {
        copy(to, offset, read);
      }
      return read;
    }

    @Override
    public int available() throws IOException {
      return rest.available();
    }

    /// Whoever parses the body closes it, perhaps before its last white space. What is left of the
    /// answer is closed by whoever sent the request.
    @Override
    public void close() {}
  }
}
