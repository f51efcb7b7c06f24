package io.facedrop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.facedrop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheLedgerTouchesTheDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");

  @ArchTest static final ArchRule theApiKnowsNoOtherPackage = knowsNoOther("api");

  @ArchTest static final ArchRule manifestsKnowNoOtherPackage = knowsNoOther("manifest");

  @ArchTest static final ArchRule theSandboxKnowsNoOtherPackage = knowsNoOther("sandbox");

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.command..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      classes()
          .that(describe("have a name", type -> !type.isAnonymousClass()))
          .should()
          .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.facedrop.(*)..").should().beFreeOfCycles();

  private static ArchRule knowsNoOther(String name) {
    String own = "io.facedrop." + name + "..";
    DescribedPredicate<JavaClass> others =
        resideInAnyPackage("io.facedrop..").and(not(resideInAPackage(own)));
    return noClasses().that().resideInAPackage(own).should().dependOnClassesThat(others);
  }
}
