package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Writes down what another carrier brings. Thread-safe.
final class Recorder implements Carrier {
  private final Carrier network;
  private final CassetteFile file;
  private final Scrubber scrubber;

  /// @param redaction takes out the secrets that the session knows
  Recorder(Carrier network, CassetteFile file, UnaryOperator<String> redaction) {
    this.network = network;
    this.file = file;
    this.scrubber = new Scrubber(redaction);
  }

  @Override
  public Response send(Outgoing out) throws FetchFailure, InterruptedException {
    try {
      file.check();
    } catch (IOException e) {
      throw unwritten("an earlier answer", e);
    }
    Scrubber own = new Scrubber(text -> scrubber.text(out.credential().redaction().redact(text)));
    Response response;
    try {
      response = network.send(out);
    } catch (FetchFailure e) {
      write(
          out.isToken()
              ? Cassette.tokenLine(out, null, own)
              : Cassette.line(out, own, null, new byte[0], e, false),
          "what became of the request");
      throw e;
    }
    if (out.isToken()) {
      write(Cassette.tokenLine(out, response, own), "the answer");
      return response;
    }
    if (response.isWhole()) {
      write(
          Cassette.line(out, own, response, response.beginning(), null, false),
          "the API answered " + response.status + ", and the answer");
      return response;
    }
    return new Response(
        response.status,
        response.uri,
        response.headers,
        response.beginning(),
        new Copied(out, own, response));
  }

  private void write(String line, String what) throws FetchFailure {
    try {
      file.write(line);
    } catch (IOException e) {
      throw unwritten(what, e);
    }
  }

  private FetchFailure unwritten(String what, IOException e) {
    return FetchFailure.of(
        ErrorCode.FILE_FAILED,
        what + " could not be recorded in `" + file.file() + "`: " + FileErrors.reason(e),
        "Check the folder, its permissions and the space on the disk.",
        Repeat.USELESS);
  }

  @Override
  public void close() {
    network.close();
  }

  /// The rest of a large body, which is written down when it ends.
  private final class Copied extends BulkInput {
    private final Outgoing out;
    private final Scrubber own;
    private final Response response;
    private final InputStream rest;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean written;

    Copied(Outgoing out, Scrubber own, Response response) {
      this.out = out;
      this.own = own;
      this.response = response;
      this.copy.writeBytes(response.beginning());
      this.rest = response.content(response.beginning().length);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read;
      try {
        read = rest.read(to, offset, length);
      } catch (BrokenBody e) {
        end(e.failure(), false);
        throw e;
      } catch (java.io.InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        end(ConnectionFailures.truncated(), false);
        throw e;
      }
      if (read < 0) {
        end(null, false);
        return read;
      }
      if (copy.size() + read > Bounds.LARGEST_BODY) {
        written = true;
        throw new BrokenBody(
            FetchFailure.of(
                ErrorCode.REQUEST_FAILED,
                "the API's answer is larger than "
                    + (Bounds.LARGEST_BODY >> 20)
                    + " MB, and a recording holds no larger one",
                "Ask for less, or leave --record out.",
                Repeat.USELESS));
      }
      copy.write(to, offset, read);
      return read;
    }

    private void end(@Nullable FetchFailure broken, boolean unread) throws BrokenBody {
      if (written) {
        return;
      }
      written = true;
      try {
        write(
            Cassette.line(out, own, response, copy.toByteArray(), broken, unread),
            "the API answered " + response.status + ", and the answer");
      } catch (FetchFailure e) {
        throw new BrokenBody(e);
      }
    }

    @Override
    public int available() throws IOException {
      return rest.available();
    }

    @Override
    public void close() throws IOException {
      response.close();
      end(null, true);
    }
  }
}
