package dev.isobar.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the process really stands in: its standard streams, and which of them are a terminal.
///
/// Java cannot ask this for each stream, so the launcher does, and says it in `isobar.terminals`
/// (the numbers of the streams that are one, such as `02`) and `isobar.columns`. Without the
/// launcher Linux tells.
final class Terminal {
  private Terminal() {}

  static Surroundings surroundings(Interrupt interrupt) {
    boolean out = isTerminal(1);
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        isTerminal(0),
        out,
        isTerminal(2),
        out ? Math.max(0, Integer.getInteger("isobar.columns", 0)) : 0,
        System::getenv,
        interrupt);
  }

  private static boolean isTerminal(int stream) {
    String told = System.getProperty("isobar.terminals");
    if (told != null) {
      return told.indexOf('0' + stream) >= 0;
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
