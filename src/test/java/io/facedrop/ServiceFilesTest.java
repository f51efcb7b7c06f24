package io.facedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facedrop.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files by which others run facedrop say what facedrop does. */
class ServiceFilesTest {
  private static final Path FILES = Path.of("src/docs/service");

  @TempDir Path directory;

  @Test
  void theUnitTakesTheCodeOfAStopForSuccessAndRestartsNoWrongConfiguration() throws IOException {
    assertThat(Files.readAllLines(FILES.resolve("facedrop.service")))
        .contains(
            "SuccessExitStatus=" + ExitCode.RESUMABLE,
            "RestartPreventExitStatus=" + ExitCode.USAGE,
            "Restart=always");
  }

  /** With this machine's own java, which may lie elsewhere. */
  @Test
  void systemdReadsTheUnit() throws Exception {
    assumeTrue(isHere("systemd-analyze"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path unit = directory.resolve("facedrop.service");
    Files.writeString(
        unit, Files.readString(FILES.resolve("facedrop.service")).replace("/usr/bin/java", java));

    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // It may speak of units of the machine's own.
    assertThat(said.lines().filter(line -> line.contains("facedrop"))).isEmpty();
    assertThat(verify.waitFor()).as(said).isZero();
  }

  private static boolean isHere(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  @Test
  void everyObjectOfKubernetesIsOneAndThePodHasTimeToStop() throws IOException {
    List<Map<String, Object>> objects = objects();

    assertThat(objects)
        .extracting(object -> object.get("kind"))
        .containsExactly("ConfigMap", "PersistentVolumeClaim", "Deployment");
    Map<String, Object> pod = at(objects.get(2), "spec", "template", "spec");
    assertThat((Integer) pod.get("terminationGracePeriodSeconds")).isGreaterThan(30);
    assertThat(at(objects.get(2), "spec", "strategy")).containsEntry("type", "Recreate");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects() throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    String text = Files.readString(FILES.resolve("kubernetes.yaml"));
    for (Object object : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      objects.add((Map<String, Object>) object);
    }
    return objects;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> object, String... path) {
    Map<String, Object> found = object;
    for (String name : path) {
      found = (Map<String, Object>) found.get(name);
    }
    return found;
  }

  @Test
  void theImageStartsTheJarThatIsBuilt() throws IOException {
    assertThat(Files.readAllLines(FILES.resolve("Dockerfile")))
        .contains(
            "COPY target/facedrop.jar /opt/facedrop/facedrop.jar",
            "ENTRYPOINT [\"java\", \"-jar\", \"/opt/facedrop/facedrop.jar\"]",
            "CMD [\"serve\"]");
  }
}
