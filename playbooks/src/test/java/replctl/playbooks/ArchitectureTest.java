package replctl.playbooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms and the arrows between them: data flows one way, and only `real` touches the world. */
class ArchitectureTest {
  private static final String ROOT = "replctl.playbooks.";

  /** For each room, the rooms that it may know. What is not listed may not be known. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("world", List.of()),
          Map.entry("snapshot", List.of("world")),
          Map.entry("plan", List.of("world", "snapshot")),
          Map.entry("engine", List.of("world", "snapshot", "plan")),
          Map.entry("observe", List.of("world", "snapshot", "engine")),
          Map.entry("decide", List.of("world", "snapshot", "plan")),
          Map.entry(
              "verb", List.of("world", "snapshot", "plan", "engine", "decide", "fence", "epoch")),
          Map.entry("epoch", List.of("world", "snapshot", "plan")),
          Map.entry("journal", List.of("world", "plan")),
          Map.entry("fence", List.of("world", "plan")),
          Map.entry("run", List.of("world", "snapshot", "plan", "journal", "fence", "epoch")),
          Map.entry("real", List.of("world")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("replctl");

  @TestFactory
  List<DynamicTest> roomsKnowOnlyWhatTheyMay() {
    return ARROWS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())))
        .toList();
  }

  private static void check(String room, List<String> may) {
    String[] others =
        ARROWS.keySet().stream()
            .filter(other -> !other.equals(room) && !may.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyClassHasARoom() {
    String[] rooms = ARROWS.keySet().stream().map(r -> ROOT + r + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("replctl.playbooks..")
        .should()
        .resideOutsideOfPackages(rooms)
        .check(CLASSES);
  }

  @Test
  void onlyRealTouchesTheWorld() {
    noClasses()
        .that()
        .resideInAPackage("replctl.playbooks..")
        .and()
        .resideOutsideOfPackage(ROOT + "real..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..", "java.nio.file..", "net.schmizz..")
        .orShould()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are files, threads, executors or chance",
                (JavaClass c) -> FORBIDDEN.contains(c.getName())))
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  private static final List<String> FORBIDDEN =
      Arrays.asList(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.lang.Thread",
          "java.lang.ProcessBuilder",
          "java.util.Random",
          "java.security.SecureRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.concurrent.ExecutorService",
          "java.util.concurrent.Executors",
          "java.util.concurrent.CompletableFuture");

  @Test
  void sharedCodeKnowsNoEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "observe..",
            ROOT + "decide..",
            ROOT + "verb..",
            ROOT + "run..",
            ROOT + "fence..",
            ROOT + "journal..",
            ROOT + "plan..",
            ROOT + "snapshot..",
            ROOT + "world..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "engine.postgresql..", ROOT + "engine.mysql..")
        .check(CLASSES);
  }

  @Test
  void theInventoryKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("replctl.inventory..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("replctl.playbooks..")
        .check(CLASSES);
  }

  @Test
  void noRoomsInACircle() {
    slices().matching("replctl.playbooks.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
