package io.facedrop.sftp;

import com.jcraft.jsch.SftpException;
import io.facedrop.config.Settings;
import io.facedrop.intake.WorkingFolder;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;

/** Every folder on an SFTP server that the settings name, looked at and left as it was. */
public final class SftpPlaces {
  private static final String PICKED_UP = "facedrop.sftp.uri";

  private static final String WORKING = "/" + WorkingFolder.NAME;

  private SftpPlaces() {}

  /**
   * How it stands with a folder.
   *
   * @param address without options
   * @param keys the settings that name it
   * @param fault null when all is well
   * @param words what was found, and what to do
   */
  public record Finding(String address, List<String> keys, SftpFault fault, String words) {}

  /** Connects to each as {@code serve} would. */
  public static List<Finding> look(Settings settings) throws Exception {
    Map<String, List<String>> places = named(settings);
    List<Finding> findings = new ArrayList<>();
    if (!places.isEmpty()) {
      try (DefaultCamelContext context = new DefaultCamelContext()) {
        context
            .getCamelContextExtension()
            .registerEndpointCallback(new SftpLogin(settings.sftp().access()));
        context.start();
        places.forEach(
            (uri, keys) ->
                findings.add(look(context.getEndpoint(uri, SftpEndpoint.class), uri, keys)));
      }
    }
    return findings;
  }

  private static Map<String, List<String>> named(Settings settings) {
    Settings.Outputs outputs = settings.outputs();
    Map<String, List<String>> places = new LinkedHashMap<>();
    add(places, settings.sftp().uri(), PICKED_UP);
    add(places, outputs.success(), "facedrop.success.uri");
    add(places, outputs.deadLetter(), "facedrop.dead-letter.uri");
    add(places, outputs.report(), "facedrop.report.uri");
    add(places, outputs.rejected(), "facedrop.rejected.uri");
    add(places, outputs.archive(), "facedrop.archive.uri");
    return places;
  }

  private static void add(Map<String, List<String>> places, String uri, String key) {
    if (uri.startsWith("sftp:")) {
      places.computeIfAbsent(uri, first -> new ArrayList<>()).add(key);
    }
  }

  private static Finding look(SftpEndpoint endpoint, String uri, List<String> keys) {
    String address = uri.replaceFirst("\\?.*$", "");
    try (RemoteFolder folder = RemoteFolder.open(endpoint)) {
      if (folder.isThere()) {
        boolean pickedUp = keys.contains(PICKED_UP);
        return writable(folder, pickedUp ? List.of("", WORKING) : List.of(""), address, keys);
      }
      return keys.contains(PICKED_UP)
          ? new Finding(
              address, keys, SftpFault.NO_FOLDER, "connected, but there is no such folder")
          : new Finding(
              address,
              keys,
              null,
              "connected; the folder is not there yet: serve or run makes it with its first file");
    } catch (NotDirectoryException e) {
      return new Finding(
          address, keys, SftpFault.NO_FOLDER, "connected, but there it is no folder but a file");
    } catch (Exception e) {
      SftpFault fault = SftpFault.of(e);
      return new Finding(address, keys, fault, fault.words(e));
    }
  }

  /** Whether manifests can be picked up there, or parts written. */
  private static Finding writable(
      RemoteFolder folder, List<String> places, String address, List<String> keys) {
    for (String place : places) {
      try {
        folder.probe(place);
      } catch (NotDirectoryException e) {
        return new Finding(
            address,
            keys,
            SftpFault.NO_FOLDER,
            "connected, but there is a file in place of the folder " + place.substring(1));
      } catch (SftpException e) {
        SftpFault fault = SftpFault.of(e);
        String what = place.isEmpty() ? "nothing can be written there" : place + " cannot be used";
        return new Finding(address, keys, fault, "connected, but " + what + ": " + fault.words(e));
      }
    }
    return new Finding(address, keys, null, "connected");
  }
}
