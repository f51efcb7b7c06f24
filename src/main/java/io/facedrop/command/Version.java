package io.facedrop.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the commit that it was built from. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "facedrop " + (version == null ? "(not packaged)" : version + " (" + build() + ")")
    };
  }

  /** Two builds of one version are told apart by it. */
  private static String build() throws IOException {
    for (URL url :
        Collections.list(Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
      try (InputStream in = url.openStream()) {
        String build = new Manifest(in).getMainAttributes().getValue("Implementation-Build");
        if (build != null) {
          return build.startsWith("$") ? "built outside a checkout" : build;
        }
      }
    }
    return "of an unknown build";
  }
}
