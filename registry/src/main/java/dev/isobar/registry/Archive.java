package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Unpacks the archive of one version of a provider, which may come from anywhere: nothing is
/// written outside the folder, only documents and their signatures are, and it cannot fill the
/// disk.
///
/// Reads the tar format itself, because what is refused (links, devices, odd paths, odd sizes) is
/// most of the format, and the rest is blocks of 512 bytes: name 100 | mode 8 | uid 8 | gid 8 |
/// size 12 | mtime 12 | checksum 8 | type 1 | link 100 | magic 6 | … | prefix 155 at 345. Before a
/// member may stand one of type `x` (pax: `length key=value\n`…) or `L` (GNU: a long name).
final class Archive {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 4096;

  /// The most that is unpacked.
  ///
  /// @param ratio of unpacked to packed bytes, above the first megabyte
  record Limits(int files, long fileBytes, long bytes, int ratio) {
    /// The largest provider of the public registry has 420 documents and 70 MB, and documents
    /// shrink to a tenth.
    static final Limits DEFAULT = new Limits(20_000, 128L << 20, 1L << 30, 250);
  }

  private final String name;
  private final String root;
  private final Path target;
  private final Limits limits;
  private final Counting packed;
  private final InputStream in;
  private int files;
  private long bytes;

  private Archive(String name, String root, Path target, Limits limits, Counting packed)
      throws IOException {
    this.name = name;
    this.root = root;
    this.target = target;
    this.limits = limits;
    this.packed = packed;
    this.in = new GZIPInputStream(packed, 1 << 16);
  }

  /// Unpacks a `.tgz` whose only folder is `root`; what is in that folder comes to be in `target`.
  ///
  /// @param name of the archive, for messages
  /// @param target exists and is empty
  /// @throws IsobarException `INVALID_DOCUMENT` when it is no such archive, `FILE_FAILED` when it
  ///   cannot be written
  static void unpack(String name, Path file, String root, Path target, Limits limits) {
    try (InputStream stream = Files.newInputStream(file);
        Counting packed = new Counting(new BufferedInputStream(stream, 1 << 16))) {
      new Archive(name, root, target, limits, packed).unpack();
    } catch (EOFException e) {
      throw refused(name, "it ends too early", e);
    } catch (ZipException e) {
      throw refused(name, "it is no archive of the form .tgz, or it is damaged", e);
    } catch (FileAlreadyExistsException e) {
      throw refused(name, "it holds two files of one name", e);
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The archive `" + name + "` cannot be unpacked into `" + target + "`.",
          "Check permissions and free space.",
          null,
          e);
    }
    if (!Files.isRegularFile(target.resolve("provider.yaml"))) {
      throw refused(name, "it holds no `" + root + "/provider.yaml`", null);
    }
  }

  /// A member of the archive.
  private record Member(String path, char type, long size) {}

  private void unpack() throws IOException {
    String longName = null;
    long longSize = -1;
    byte[] block = new byte[BLOCK];
    while (readBlock(block)) {
      Member member = member(block);
      switch (member.type()) {
        case 'x' -> {
          Map<String, String> facts = pax(content(member));
          longName = facts.getOrDefault("path", longName);
          longSize = facts.containsKey("size") ? number(facts.get("size"), 10) : longSize;
        }
        case 'L' -> {
          String text = new String(content(member), StandardCharsets.UTF_8);
          int end = text.indexOf('\0');
          longName = end < 0 ? text : text.substring(0, end);
        }
        // Facts about all members, such as the commit that the archive was made from.
        case 'g' -> content(member);
        default -> {
          take(
              new Member(
                  longName == null ? member.path() : longName,
                  member.type(),
                  longSize < 0 ? member.size() : longSize));
          longName = null;
          longSize = -1;
        }
      }
    }
    // To the end, so that the checksum of the whole is compared.
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      count(n);
    }
  }

  /// False at the block of zeros that ends the archive.
  private boolean readBlock(byte[] block) throws IOException {
    int length = in.readNBytes(block, 0, BLOCK);
    if (length < BLOCK) {
      throw new EOFException();
    }
    count(BLOCK);
    for (byte each : block) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  private Member member(byte[] block) {
    long expected = number(text(block, 148, 8), 8);
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
    }
    if (sum != expected) {
      throw refused("it is no archive of the form .tgz, or it is damaged");
    }
    String prefix = text(block, 257, 6).startsWith("ustar") ? text(block, 345, 155) : "";
    // GNU's own form keeps times where the prefix is.
    boolean gnu = text(block, 257, 8).equals("ustar  ");
    String path = text(block, 0, 100);
    return new Member(
        prefix.isEmpty() || gnu ? path : prefix + "/" + path,
        (char) block[156],
        number(text(block, 124, 12), 8));
  }

  private static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  /// Sizes above 8 GB have a binary form, and are refused like everything else that is no number.
  private long number(@Nullable String written, int radix) {
    try {
      String text = written == null ? "" : written.strip();
      long value = text.isEmpty() ? 0 : Long.parseLong(text, radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw refused("it is no archive of the form .tgz, or it is damaged");
  }

  private byte[] content(Member member) throws IOException {
    if (member.size() > LONGEST_NAME * 4L) {
      throw refused("it holds a name that is too long");
    }
    byte[] content = new byte[(int) member.size()];
    if (in.readNBytes(content, 0, content.length) < content.length) {
      throw new EOFException();
    }
    count(content.length);
    pass(padding(member.size()));
    return content;
  }

  private Map<String, String> pax(byte[] content) {
    Map<String, String> facts = new HashMap<>();
    for (int at = 0; at < content.length; ) {
      int blank = at;
      while (blank < content.length && content[blank] != ' ') {
        blank++;
      }
      long length = number(new String(content, at, blank - at, StandardCharsets.US_ASCII), 10);
      if (length <= blank - at + 1 || length > content.length - at) {
        throw refused("it is damaged");
      }
      int end = at + (int) length - 1;
      String fact = new String(content, blank + 1, end - blank - 1, StandardCharsets.UTF_8);
      int equals = fact.indexOf('=');
      if (equals > 0) {
        facts.put(fact.substring(0, equals), fact.substring(equals + 1));
      }
      at = end + 1;
    }
    return facts;
  }

  private void take(Member member) throws IOException {
    boolean folder = member.type() == '5';
    boolean regular = member.type() == '0' || member.type() == '\0';
    if (!folder && !regular) {
      throw refused("`" + shown(member.path()) + "` is a link or a device, not a file");
    }
    Path path = inside(member.path());
    if (++files > limits.files()) {
      throw refused("it holds more than " + limits.files() + " files");
    }
    if (member.size() > limits.fileBytes()) {
      throw refused(
          "`" + shown(member.path()) + "` is larger than " + limits.fileBytes() + " bytes");
    }
    if (path == null || folder || !isDocument(path)) {
      pass(member.size() + padding(member.size()));
      return;
    }
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      copy(member.size(), out);
    }
    pass(padding(member.size()));
  }

  /// Where a member goes; null for the folder of the version itself, and for what lies beside it
  /// only as a trace of the machine that made the archive.
  private @Nullable Path inside(String written) {
    String path = written.startsWith("./") ? written.substring(2) : written;
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.isEmpty() || path.equals(".")) {
      return null;
    }
    String[] parts = path.split("/", -1);
    if (path.length() > LONGEST_NAME) {
      throw refused("it holds a name that is too long");
    }
    Path at = target;
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      boolean odd = part.isEmpty() || part.equals(".") || part.equals("..");
      if (odd || part.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')) {
        throw refused("`" + shown(written) + "` leads out of the folder");
      }
      if (part.startsWith("._") || part.equals("PaxHeader") || part.equals("__MACOSX")) {
        return null;
      }
      if (i == 0 && !part.equals(root)) {
        throw refused("`" + shown(written) + "` is not in the folder `" + root + "`");
      }
      at = i == 0 ? at : at.resolve(part);
    }
    return parts.length == 1 ? null : at;
  }

  private static boolean isDocument(Path path) {
    String file = path.getFileName().toString();
    return file.endsWith(".yaml") || file.endsWith(".yml") || file.endsWith(Signatures.ENDING);
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  private void pass(long length) throws IOException {
    copy(length, OutputStream.nullOutputStream());
  }

  private void copy(long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 14];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      count(read);
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private void count(int more) {
    bytes += more;
    if (bytes > limits.bytes()) {
      throw refused("it unpacks to more than " + limits.bytes() + " bytes");
    }
    if (bytes > 1 << 20 && bytes / limits.ratio() > packed.count) {
      throw refused("it unpacks to more than " + limits.ratio() + " times its size");
    }
  }

  private static String shown(String path) {
    String printable = path.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 79) + "…";
  }

  private IsobarException refused(String why) {
    return refused(name, why, null);
  }

  private static IsobarException refused(String name, String why, @Nullable Throwable cause) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The archive `" + name + "` is refused: " + why + ".",
        "Pull another version, or tell the publisher.",
        null,
        cause);
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
