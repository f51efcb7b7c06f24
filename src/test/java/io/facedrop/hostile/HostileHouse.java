package io.facedrop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.config.InvalidSettingsException;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.files.Tree;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folders of one facedrop, deep enough within another that nothing can leave them unseen. */
record HostileHouse(Path outside, Path home) {
  static final String KEY = "canary-9c41e7a2";
  private static final List<String> OUTPUTS =
      List.of("success", "dead-letter", "report", "rejected", "archive");
  private static final ObjectMapper JSON = new ObjectMapper();

  static HostileHouse in(Path outside) throws IOException {
    return new HostileHouse(outside, Files.createDirectories(outside.resolve("a/b/c/home")));
  }

  Settings settings(URI api, Map<String, String> others) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("facedrop.api.base-url", api.toString());
    settings.put("facedrop.api.key", KEY);
    settings.put("facedrop.api.rate", "unlimited");
    settings.put("facedrop.api.concurrency", "4");
    settings.put("facedrop.batch.hold-after", "0");
    settings.put("facedrop.inbox", home.resolve("inbox").toString());
    for (String output : OUTPUTS) {
      settings.put("facedrop." + output + ".uri", "file:" + home.resolve(output));
    }
    settings.put("facedrop.ledger.url", "jdbc:sqlite:" + home.resolve("ledger.db"));
    settings.putAll(others);
    try {
      return SettingsReader.readWithKey(settings);
    } catch (InvalidSettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The outputs of a batch, the parts of one kind. */
  List<Path> parts(Batch batch, String output) {
    return Tree.wholeFiles(home.resolve(output)).stream()
        .filter(
            file ->
                home.resolve(output)
                    .relativize(file)
                    .toString()
                    .startsWith(batch.fileStem() + "." + output))
        .toList();
  }

  /** Why manifests were set aside, by their folders and names. */
  Map<String, JsonNode> reasons() throws IOException {
    Map<String, JsonNode> reasons = new HashMap<>();
    for (Path file : Tree.wholeFiles(home.resolve("rejected"))) {
      if (file.toString().endsWith(".reason.json")) {
        JsonNode reason = JSON.readTree(file.toFile());
        reasons.put(reason.path("manifest").asText(), reason);
      }
    }
    return reasons;
  }

  /** Every row is in one output, and every output can be read again as a manifest. */
  void addsUp(Ledger ledger) throws IOException {
    for (Batch batch : ledger.newestBatches(1000)) {
      assertThat(batch.rows())
          .as(batch.folder() + batch.manifest())
          .isEqualTo(batch.succeeded() + batch.dead() + batch.open());
      assertThat(rows(parts(batch, "success"))).isEqualTo(batch.succeeded());
      assertThat(rows(parts(batch, "dead-letter"))).isEqualTo(batch.dead());
    }
  }

  private static long rows(List<Path> parts) throws IOException {
    long rows = 0;
    for (Path part : parts) {
      ManifestName name = ManifestName.of(part.getFileName().toString());
      try (RowReader reader = Manifest.open(part, name, ManifestRules.of("image_url"))) {
        while (reader.next() != null) {
          rows++;
        }
      }
    }
    return rows;
  }

  void nothingIsOutside() throws IOException {
    try (Stream<Path> all = Files.walk(outside)) {
      assertThat(
              all.filter(file -> !file.startsWith(home) && !home.startsWith(file))
                  .filter(file -> !file.startsWith(outside.resolve("elsewhere"))))
          .isEmpty();
    }
    try (Stream<Path> own = Files.list(home)) {
      assertThat(own.map(file -> file.getFileName().toString()))
          .allMatch(
              name ->
                  OUTPUTS.contains(name) || name.equals("inbox") || name.startsWith("ledger.db"));
    }
  }

  void keyIsNowhere() throws IOException {
    for (Path file : Tree.files(home)) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(KEY))
          .as(file.toString())
          .isFalse();
    }
  }
}
