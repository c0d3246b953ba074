package dev.isobar.docgen;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of files for the names in a document, which may hold anything. They are the same on every
/// system, stay in their folder, and can stand in a link as they are.
final class FileNames {
  private static final int LONGEST = 120;

  private FileNames() {}

  /// A file name for each of some names that lie in one folder. Where the case of letters alone
  /// tells two names apart, the second gets a number, because not every file system can.
  ///
  /// @param taken names in lower case that files of our own have
  static Map<String, String> of(Collection<String> names, Set<String> taken) {
    Set<String> used = new HashSet<>(taken);
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : names) {
      String file = of(name);
      String distinct = file;
      for (int i = 2; !used.add(distinct.toLowerCase(Locale.ROOT)); i++) {
        distinct = file + "~~" + i;
      }
      files.putIfAbsent(name, distinct);
    }
    return files;
  }

  /// A file name for a name that is alone in its folder.
  static String of(String name) {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < name.length() && file.length() < LONGEST; i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || (c == '.' && i > 0);
      if (plain) {
        file.append(c);
      } else {
        file.append('~').append(Integer.toHexString(c)).append('~');
      }
    }
    return file.isEmpty() ? "~" : file.toString();
  }
}
