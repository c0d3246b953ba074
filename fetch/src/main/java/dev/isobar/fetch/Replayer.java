package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.FileErrors;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Answers from a recording: the same requests get the same answers, those that were sent several
/// times in their order. Thread-safe.
///
/// The file is read once for its requests; an answer is read when it is asked for.
final class Replayer implements Carrier {
  private static final String ANEW = "Record it anew with --record.";

  private final Path file;
  private final int whole;

  /// There is no secret to know here: no credential is read.
  private final Scrubber scrubber = new Scrubber(text -> text);

  private final ReentrantLock lock = new ReentrantLock();

  // What follows is guarded by the lock.
  private final RandomAccessFile lines;
  private final Map<String, Answers> answers = new LinkedHashMap<>();

  /// The answers to equal requests, in their order.
  private static final class Answers {
    final String title;
    final String body;

    /// Those that were not given yet.
    final ArrayDeque<Place> places = new ArrayDeque<>();

    int count;

    Answers(String title, String body) {
      this.title = title;
      this.body = body;
    }
  }

  private record Place(long from, int length, long line) {}

  /// @param whole bytes up to which a body is given in one piece
  /// @throws IsobarException `FILE_FAILED` when the file cannot be read, or is no recording
  Replayer(Path file, int whole) {
    this.file = file;
    this.whole = whole;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      lines = new RandomAccessFile(file.toFile(), "r");
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long from = 0;
      long number = 1;
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          line.write(c);
          continue;
        }
        add(line.toByteArray(), new Place(from, line.size(), number++));
        from += line.size() + 1;
        line.reset();
      }
      if (line.size() > 0) {
        throw broken(number, "it is cut off, as when a recording is killed");
      }
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The recording `" + file + "` cannot be read: " + FileErrors.reason(e) + ".",
          "--record writes one.",
          null,
          e);
    }
  }

  private void add(byte[] text, Place place) {
    Map<?, ?> line = parse(text, place.line());
    if (Boolean.TRUE.equals(line.get("token"))) {
      return;
    }
    Answers known =
        answers.computeIfAbsent(
            Cassette.key(line),
            _ ->
                new Answers(
                    Cassette.title(line), line.get("body") instanceof String body ? body : ""));
    known.places.add(place);
    known.count++;
  }

  private Map<?, ?> parse(byte[] text, long number) {
    Object line;
    try {
      line = Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw broken(number, String.valueOf(e.getMessage()));
    }
    if (line instanceof Map<?, ?> map && Long.valueOf(1).equals(map.get("isobar"))) {
      return map;
    }
    throw broken(number, "it is no exchange that this version of Isobar wrote");
  }

  private IsobarException broken(long number, String why) {
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "Line " + number + " of the recording `" + file + "` cannot be read: " + why + ".",
        "Remove the line, or record the file anew with --record.");
  }

  @Override
  public Response send(Outgoing out) throws FetchFailure, InterruptedException {
    Map<String, @Nullable Object> asked = Cassette.request(out, scrubber);
    Place place;
    byte[] text;
    lock.lockInterruptibly();
    try {
      Answers known = answers.get(Cassette.key(asked));
      place = known == null ? null : known.places.poll();
      if (place == null) {
        throw unknown(asked, known);
      }
      text = new byte[place.length()];
      lines.seek(place.from());
      lines.readFully(text);
    } catch (IOException e) {
      throw FetchFailure.of(
          ErrorCode.FILE_FAILED,
          "the recording `" + file + "` cannot be read: " + FileErrors.reason(e),
          "Check that it was not changed meanwhile.",
          Repeat.USELESS);
    } finally {
      lock.unlock();
    }
    try {
      return Cassette.response(parse(text, place.line()), out.target(), whole);
    } catch (IllegalArgumentException e) {
      throw broken(place.line(), String.valueOf(e.getMessage()));
    }
  }

  private FetchFailure unknown(Map<?, ?> asked, @Nullable Answers used) {
    String request = "`" + excerpt(Cassette.title(asked)) + "`";
    if (used != null) {
      int count = used.count;
      return missing(
          "the recording `"
              + file
              + "` holds "
              + (count == 1 ? "one answer" : count + " answers")
              + " to "
              + request
              + ", and it is asked for once more",
          ANEW);
    }
    String body = asked.get("body") instanceof String text ? text : "";
    Answers nearest = nearest(Cassette.title(asked), body);
    String hint = "It holds no request at all.";
    if (nearest != null) {
      hint =
          nearest.title.equals(Cassette.title(asked))
              ? "It has the same with another body or other headers" + withBody(nearest) + "."
              : "The nearest that it has is `" + excerpt(nearest.title) + "`.";
    }
    return missing(
        "the recording `"
            + file
            + "` has no answer to "
            + request
            + (body.isEmpty() ? "" : " with the body `" + excerpt(body) + "`"),
        hint + " " + ANEW);
  }

  private static String withBody(Answers answers) {
    return answers.body.isEmpty() ? "" : ": `" + excerpt(answers.body) + "`";
  }

  private static FetchFailure missing(String what, String hint) {
    return FetchFailure.of(ErrorCode.NOT_RECORDED, what, hint, Repeat.USELESS);
  }

  private static String excerpt(String text) {
    return Redaction.excerpt(text, 300);
  }

  /// The request that has most of its beginning and end in common.
  private @Nullable Answers nearest(String title, String body) {
    Answers best = null;
    int most = 0;
    for (Answers candidate : answers.values()) {
      int common = common(title, candidate.title) * 4 + common(body, candidate.body);
      if (common > most) {
        best = candidate;
        most = common;
      }
    }
    return best;
  }

  private static int common(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int front = 0;
    while (front < shorter && a.charAt(front) == b.charAt(front)) {
      front++;
    }
    int back = 0;
    while (back < shorter - front
        && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
      back++;
    }
    return front + back;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      lines.close();
    } catch (IOException _) {
      // Nothing is read from it any more.
    } finally {
      lock.unlock();
    }
  }
}
