package dev.isobar.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// What our code looks like, wherever it stands.
@AnalyzeClasses(packages = "dev.isobar", importOptions = ImportOption.DoNotIncludeTests.class)
class CodeTest {
  /// Words that say nothing, or that the vocabulary of the architecture has another word for.
  private static final String EMPTY_WORDS =
      ".*(Manager|Helper|Utils?|Impl|Abstract|Hierarchy|Taxonomy|Primitive|Acquire).*";

  @ArchTest
  static final ArchRule namesSayWhatAClassIsFor =
      noClasses().should().haveNameMatching("dev\\.isobar\\." + EMPTY_WORDS);

  @ArchTest
  static final ArchRule oneExceptionCrossesModules =
      classes()
          .that()
          .arePublic()
          .and()
          .areAssignableTo(Throwable.class)
          // Checked: whoever evaluates a template says in its own words what failed by it.
          .and()
          .doNotHaveFullyQualifiedName("dev.isobar.catalog.template.TemplateFailure")
          .should()
          .haveFullyQualifiedName("dev.isobar.model.IsobarException");

  @ArchTest
  static final ArchRule onlyTheCommandLineTalksToTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.isobar.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule nothingIsKnownByThread =
      noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class));

  @ArchTest
  static final ArchRule staticFieldsAreFinal = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule classesAreFinalUnlessMadeToBeExtended =
      classes().that().areTopLevelClasses().should(beFinalOrAbstract());

  private static ArchCondition<JavaClass> beFinalOrAbstract() {
    return new ArchCondition<>("be final or abstract") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.isEnum();
        events.add(
            new SimpleConditionEvent(
                type, closed, type.getName() + " is neither final nor abstract"));
      }
    };
  }
}
