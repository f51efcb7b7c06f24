package io.facedrop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.facedrop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheLedgerTouchesTheDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.sqlite..",
              "org.postgresql..",
              "com.zaxxer..",
              "org.flywaydb..");

  /** A dialect has a room of its own, and is found by the address of the ledger alone. */
  @ArchTest
  static final ArchRule onlyItsRoomKnowsADatabase =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.facedrop.ledger.sqlite..", "io.facedrop.ledger.postgres..")
          .and()
          .doNotHaveSimpleName("LedgerPlace")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.facedrop.ledger.sqlite..",
              "io.facedrop.ledger.postgres..",
              "org.sqlite..",
              "org.postgresql..");

  @ArchTest static final ArchRule wordsKnowNoOtherPackage = knowsNoOther("words");

  @ArchTest static final ArchRule theApiKnowsNoOtherPackage = knowsNoOther("api");

  @ArchTest static final ArchRule manifestsKnowNoOtherPackage = knowsNoOther("manifest");

  @ArchTest static final ArchRule theSandboxKnowsNoOtherPackage = knowsNoOther("sandbox");

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.command..")
          .should(ACCESS_STANDARD_STREAMS);

  /** Whoever tries secrets learns nothing of them by how long it takes to refuse them. */
  @ArchTest
  static final ArchRule secretsAreComparedInConstantTime =
      noClasses()
          .that(describe("know secrets of the console", ArchitectureTest::knowsSecrets))
          .should()
          .callMethodWhere(
              describe(
                  "ends at the first letter that differs",
                  call ->
                      call.getTargetOwner().isEquivalentTo(String.class)
                              && !call.getName().matches("getBytes|isEmpty|length|strip|substring")
                              // Of the word Bearer.
                              && !call.getName().equals("regionMatches")
                          || call.getTargetOwner().isEquivalentTo(Arrays.class)
                          || call.getTargetOwner().isEquivalentTo(Objects.class)
                          || call.getName().matches("equals|compareTo|contentEquals")));

  @ArchTest
  static final ArchRule secretsAreComparedAtAll =
      classes()
          .that()
          .haveNameMatching("io.facedrop.console.door.(Tokens|Visitor)")
          .should()
          .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);

  private static boolean knowsSecrets(JavaClass type) {
    return type.getName().matches("io.facedrop.console.door.(Tokens|Sessions|Visitor)");
  }

  /** What a reader gets of a failure is {@code Cause}'s words. These look into messages. */
  private static final Set<String> READERS =
      Set.of(
          "CsvRecords", "FullDisk", "LedgerSchema", "Obstacle", "SftpFault", "UnresolvedException");

  private static final Set<String> SAYING = Set.of("getMessage", "getLocalizedMessage", "toString");

  @ArchTest
  static final ArchRule onlyOneSaysWhatAFailureIs =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.words..")
          .and(describe("do not look into messages", type -> !READERS.contains(top(type))))
          .should()
          .callMethodWhere(
              describe(
                  "what others throw says itself",
                  call ->
                      call.getTargetOwner().isAssignableTo(Throwable.class)
                          && !call.getTargetOwner().getPackageName().startsWith("io.facedrop")
                          && SAYING.contains(call.getName())));

  private static String top(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::top).orElse(type.getSimpleName());
  }

  /** These name what is no failure: a bean, a class to start, a logger. */
  @ArchTest
  static final ArchRule noFailureIsNamed =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.words..")
          .and(
              describe(
                  "do not name their own",
                  type ->
                      !Set.of("Beans", "DemoWorker", "LogFormat", "LedgerComponent")
                          .contains(top(type))))
          .should()
          .callMethodWhere(
              describe(
                  "the name of a class",
                  call ->
                      call.getTargetOwner().isEquivalentTo(Class.class)
                          && Set.of("getName", "getSimpleName", "getTypeName")
                              .contains(call.getName())));

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      classes()
          .that(describe("have a name", type -> !type.isAnonymousClass()))
          .should()
          .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");

  /** What is prepared for as long as its connection must be made once for it, not at each call. */
  @ArchTest
  static final ArchRule statementsAreKeptByWhatIsMadeOnce =
      noCodeUnits()
          .that(describe("are no constructors", unit -> !(unit instanceof JavaConstructor)))
          .and(describe("give none", unit -> !isGiven(unit.getRawReturnType())))
          .should(callConstructorsOf(ArchitectureTest::keepsStatements));

  /** A dialect makes the transactions of its one writer. */
  private static boolean isGiven(JavaClass type) {
    return isKept(type) || type.getName().equals("io.facedrop.ledger.jdbc.Transactions");
  }

  private static boolean isKept(JavaClass type) {
    return type.getName().equals("io.facedrop.ledger.jdbc.Prepared");
  }

  /** The ledger itself has the connections, and what binds a statement keeps none. */
  private static boolean keepsStatements(JavaClass type) {
    boolean counts =
        type.getPackageName().startsWith("io.facedrop.ledger")
            && !type.getPackageName().endsWith(".component")
            && !type.isAssignableTo("io.facedrop.ledger.LedgerReader")
            && !type.getSimpleName().matches("Bound|Writer");
    return isKept(type)
        || counts
            && type.getFields().stream()
                .map(JavaField::getRawType)
                .anyMatch(field -> !field.equals(type) && keepsStatements(field));
  }

  private static ArchCondition<JavaCodeUnit> callConstructorsOf(Predicate<JavaClass> types) {
    return new ArchCondition<>("make what keeps prepared statements") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        unit.getConstructorCallsFromSelf().stream()
            .filter(call -> types.test(call.getTargetOwner()))
            .forEach(
                call -> events.add(SimpleConditionEvent.satisfied(call, call.getDescription())));
      }
    };
  }

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.facedrop.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheLedgerAreFreeOfCycles =
      slices().matching("io.facedrop.ledger.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheApiAreFreeOfCycles =
      slices().matching("io.facedrop.api.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfManifestsAreFreeOfCycles =
      slices().matching("io.facedrop.manifest.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheConsoleAreFreeOfCycles =
      slices().matching("io.facedrop.console.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheConsoleDoNotKnowItsFace =
      noClasses()
          .that()
          .resideInAPackage("io.facedrop.console.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.facedrop.console");

  @ArchTest
  static final ArchRule whatTheRoomsOfManifestsSpeakKnowsNoRoom =
      noClasses()
          .that()
          .resideInAPackage("io.facedrop.manifest")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.facedrop.manifest.*..");

  @ArchTest
  static final ArchRule roomsOfThePublisherAreFreeOfCycles =
      slices().matching("io.facedrop.publish.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfThePublisherDoNotKnowItsFace =
      noClasses()
          .that()
          .resideInAPackage("io.facedrop.publish.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.facedrop.publish");

  @ArchTest
  static final ArchRule roomsOfTheLedgerDoNotKnowItsFacade =
      noClasses()
          .that()
          .resideInAPackage("io.facedrop.ledger.*..")
          .and()
          .resideOutsideOfPackage("io.facedrop.ledger.component..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.facedrop.ledger");

  /** What is public in a room is so for the other rooms. */
  @ArchTest
  static final ArchRule theRoomsOfTheLedgerAreItsOwn =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.facedrop.ledger..")
          .should()
          .dependOnClassesThat(
              describe(
                  "are in a room of the ledger and no part of its face",
                  ArchitectureTest::isInner));

  private static boolean isInner(JavaClass type) {
    return resideInAPackage("io.facedrop.ledger.*..").test(type)
        && !resideInAnyPackage(
                "io.facedrop.ledger.fault..",
                "io.facedrop.ledger.model..",
                "io.facedrop.ledger.view..",
                "io.facedrop.ledger.component..")
            .test(type)
        && !FACE.contains(type.getSimpleName());
  }

  /** How rows go on, what is read for a report, the lock of the one who works. */
  private static final Set<String> FACE =
      Set.of(
          "TransitionRules",
          "QueryTimes",
          "ListedAges",
          "LearnedTimes",
          "TaskDurations",
          "EndedRows",
          "Totals",
          "FoundFaces",
          "WorkLock",
          "NodeIdentity",
          "Patience",
          "Held");

  @ArchTest
  static void noNameIsForTwoThings(JavaClasses all) {
    Map<String, List<String>> places =
        all.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(places.values()).allMatch(names -> names.size() == 1);
  }

  /** A row is a row; only its URL is of an image. */
  @ArchTest
  static final ArchRule onlyUrlsAreOfImages =
      classes()
          .that()
          .resideInAPackage("io.facedrop.ledger..")
          .should()
          .haveNameNotMatching(".*Image.*");

  private static ArchRule knowsNoOther(String name) {
    String own = "io.facedrop." + name + "..";
    DescribedPredicate<JavaClass> others =
        resideInAnyPackage("io.facedrop..")
            .and(not(resideInAnyPackage(own, "io.facedrop.words..")));
    return noClasses().that().resideInAPackage(own).should().dependOnClassesThat(others);
  }
}
