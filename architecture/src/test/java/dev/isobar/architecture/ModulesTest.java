package dev.isobar.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Who may use whom: our modules each other, and our modules the libraries.
@AnalyzeClasses(packages = "dev.isobar", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
  /// A module and the modules that it may use. A statement flows downwards, from step to step.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("parse", List.of("model")),
          Map.entry("catalog", List.of("model")),
          Map.entry("registry", List.of("catalog", "model")),
          Map.entry("resolve", List.of("parse", "catalog", "model")),
          Map.entry("plan", List.of("resolve", "parse", "catalog", "model")),
          Map.entry("fetch", List.of("plan", "catalog", "model")),
          Map.entry("query", List.of("plan", "resolve", "parse", "catalog", "model")),
          Map.entry("render", List.of("model")),
          Map.entry(
              "engine",
              List.of(
                  "parse", "catalog", "resolve", "plan", "fetch", "query", "registry", "model")),
          Map.entry("sandbox", List.of("catalog", "model")),
          Map.entry("docgen", List.of("catalog", "model")),
          Map.entry("testing", List.of("catalog", "registry", "model")),
          Map.entry(
              "cli",
              List.of(
                  "engine",
                  "render",
                  "sandbox",
                  "docgen",
                  "fetch",
                  "parse",
                  "catalog",
                  "registry",
                  "model")));

  /// Packages of a library (or of a part of the JDK) and the only modules that may use them.
  private static final Map<String, List<String>> FENCES =
      Map.ofEntries(
          Map.entry("org.duckdb..", List.of("query")),
          Map.entry("java.sql..", List.of("query")),
          Map.entry("org.yaml..", List.of("catalog")),
          Map.entry("org.jline..", List.of("cli")),
          Map.entry("java.net.http..", List.of("fetch", "registry")),
          Map.entry("com.sun.net.httpserver..", List.of("sandbox", "testing")),
          Map.entry("java.util.logging..", List.of("cli")),
          // The vendors' libraries for authentication, and what they bring.
          Map.entry("software.amazon..", List.of("fetch.auth")),
          Map.entry("com.google..", List.of("fetch.auth")),
          Map.entry("com.azure..", List.of("fetch.auth")),
          Map.entry("com.microsoft..", List.of("fetch.auth")),
          Map.entry("com.fasterxml..", List.of("fetch.auth")),
          Map.entry("reactor..", List.of("fetch.auth")),
          Map.entry("org.slf4j..", List.of("fetch.auth")));

  @ArchTest
  static void aModuleUsesOnlyTheModulesBeforeIt(JavaClasses classes) {
    MAY_USE.forEach((module, others) -> {
      String[] allowed =
          Stream.concat(Stream.of(module), others.stream())
              .map(ModulesTest::packages)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(packages(module))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.isobar..").and(resideOutsideOfPackages(allowed)))
          .because("only " + others + " may be used by " + module)
          .allowEmptyShould(true)
          .check(classes);
    });
  }

  @ArchTest
  static void everyModuleHasItsPlaceInTheTable(JavaClasses classes) {
    Set<String> modules = new TreeSet<>();
    for (JavaClass type : classes) {
      modules.add(type.getPackageName().replaceFirst("dev\\.isobar\\.(\\w+).*", "$1"));
    }
    assertThat(MAY_USE.keySet()).containsAll(modules);
  }

  @ArchTest
  static void aLibraryStaysBehindItsFence(JavaClasses classes) {
    FENCES.forEach((library, modules) -> {
      String[] inside = modules.stream().map(ModulesTest::packages).toArray(String[]::new);
      noClasses()
          .that()
          .resideOutsideOfPackages(inside)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(library)
          .because("only " + modules + " may use " + library)
          .check(classes);
    });
  }

  /// A start that needs none of them must load none of them: what every request passes knows only
  /// our own names for what they do.
  @ArchTest
  static final ArchRule fewClassesKnowAVendorsLibrary =
      noClasses()
          .that()
          .resideInAPackage("dev.isobar.fetch.auth")
          .and()
          .haveNameNotMatching(".*\\.(Aws|Google|Azure)\\w+(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.google..", "com.azure..", "reactor..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.isobar.(**)").should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    for (JavaPackage each : classes.getDefaultPackage().getSubpackagesInTree()) {
      if (each.getName().startsWith("dev.isobar") && !each.getClasses().isEmpty()) {
        assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue();
      }
    }
  }

  private static String packages(String module) {
    return "dev.isobar." + module + "..";
  }
}
