package io.facedrop.publish.report;

import io.facedrop.config.Settings;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Where parts lie, seen from the report's page, so that both can be moved together.
 *
 * @param outputs whose URIs tell where the page lies, and the parts whose place nobody knows
 */
public record PartLinks(Settings.Outputs outputs) {
  private static final String LOCAL = "file:";
  private static final String SERVER = "sftp://";

  /** A relative URL; empty where a part and the page do not lie in folders of this machine. */
  public String of(Batch batch, Part part) {
    String uri = part.output() == Output.SUCCESS ? outputs.success() : outputs.deadLetter();
    String place = part.placeOr(Settings.Outputs.place(uri));
    if (part.file() == null || place.startsWith(SERVER) || !outputs.report().startsWith(LOCAL)) {
      return "";
    }
    Path page =
        folder(Settings.Outputs.directory(outputs.report())).resolve(batch.folder()).normalize();
    Path file = folder(place).resolve(part.file()).normalize();
    try {
      return page.getRoot().equals(file.getRoot()) ? url(page.relativize(file)) : "";
    } catch (URISyntaxException unsayable) {
      return "";
    }
  }

  private static Path folder(String place) {
    return Path.of(place).toAbsolutePath();
  }

  /** It begins with a dot, so that no name is taken for a scheme. */
  private static String url(Path relative) throws URISyntaxException {
    String path =
        StreamSupport.stream(relative.spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/", "/", ""));
    String url = new URI(null, null, path, null).toASCIIString().substring(1);
    return url.startsWith("../") ? url : "./" + url;
  }
}
