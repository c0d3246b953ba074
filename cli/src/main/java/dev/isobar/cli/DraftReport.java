package dev.isobar.cli;

import dev.isobar.catalog.authoring.Draft;
import dev.isobar.catalog.authoring.Finding;
import dev.isobar.catalog.authoring.Finding.Confidence;
import dev.isobar.catalog.document.Problem;
import dev.isobar.model.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was inferred for a new provider, for people and for programs.
///
/// @param registry what `--registry` names
/// @param written the folder of the provider
record DraftReport(Draft draft, String file, Path registry, Path written, List<Problem> problems) {

  String text() {
    StringBuilder text = new StringBuilder();
    int resources = draft.services().values().stream().mapToInt(Integer::intValue).sum();
    text.append(
        "%s: %s, %s, %s from %s%n"
            .formatted(
                draft.name(),
                count(draft.services().size(), "service"),
                count(resources, "resource"),
                count(draft.methods(), "method"),
                file));
    text.append("written to ").append(written).append('\n');
    // No resource is called so: the first line gets its heading too.
    String resource = " ";
    int width = 0;
    for (Finding finding : draft.findings()) {
      width = Math.max(width, label(finding).length());
    }
    for (Finding finding : draft.findings()) {
      String of = resourceOf(finding);
      if (!of.equals(resource)) {
        text.append('\n').append(of.isEmpty() ? "" : of + "\n");
        resource = of;
      }
      String label = label(finding);
      text.append("  ").append(label).repeat(" ", width - label.length() + 2);
      text.append(finding.decision()).append("  (").append(confidence(finding)).append(": ");
      text.append(finding.source()).append(")\n");
    }
    List<Finding> doubtful =
        draft.findings().stream().filter(finding -> !finding.check().isEmpty()).toList();
    if (!doubtful.isEmpty()) {
      text.append("\nTo check by hand (").append(doubtful.size()).append("):\n");
      for (Finding finding : doubtful) {
        text.append("  ").append(finding.place().isEmpty() ? finding.aspect() : finding.place());
        text.append(": ").append(finding.check()).append('\n');
      }
    }
    for (Problem problem : problems) {
      text.append("problem: ").append(problem).append('\n');
    }
    String folder = registry.toString().isEmpty() ? "." : registry.toString();
    text.append(
        "%nTry it: isobar exec --registry %s --sandbox \"SHOW SERVICES IN %s\"%n"
            .formatted(folder, draft.name()));
    return text.toString();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String resourceOf(Finding finding) {
    int dot = finding.place().lastIndexOf('.');
    return dot < 0 ? "" : finding.place().substring(0, dot);
  }

  /// The method, and what of it.
  private static String label(Finding finding) {
    String method = finding.place().substring(finding.place().lastIndexOf('.') + 1);
    return finding.aspect().equals("method")
        ? method
        : method.isEmpty() ? finding.aspect() : "  " + finding.aspect();
  }

  private static String confidence(Finding finding) {
    return finding.confidence().name().toLowerCase(Locale.ROOT);
  }

  String json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("provider", draft.name());
    json.put("folder", written.toString());
    json.put("services", draft.services());
    json.put("methods", draft.methods());
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    for (Confidence confidence : Confidence.values()) {
      counts.put(
          confidence.name().toLowerCase(Locale.ROOT),
          draft.findings().stream().filter(f -> f.confidence() == confidence).count());
    }
    json.put("confidence", counts);
    List<@Nullable Object> findings = new ArrayList<>();
    for (Finding finding : draft.findings()) {
      Map<String, @Nullable Object> each = new LinkedHashMap<>();
      each.put("place", finding.place());
      each.put("aspect", finding.aspect());
      each.put("decision", finding.decision());
      each.put("source", finding.source());
      each.put("confidence", confidence(finding));
      each.put("check", finding.check());
      findings.add(each);
    }
    json.put("findings", findings);
    json.put("problems", problems.stream().map(Problem::toString).toList());
    return Json.writePretty(json) + "\n";
  }
}
