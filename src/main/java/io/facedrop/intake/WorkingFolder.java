package io.facedrop.intake;

import java.nio.file.Path;

/** The folder into which a manifest is moved to pick it up, in the inbox as on a server. */
public final class WorkingFolder {
  /** Its name; the routes that pick manifests up have it too. */
  public static final String NAME = ".work";

  /** How the folder is named, in the working folder, of a file that was fetched from a server. */
  static final String FETCHED_NAME = "sftp-";

  /** How the path of a file begins that was fetched from a server, below the inbox. */
  public static final String FETCHED = NAME + "/" + FETCHED_NAME;

  /** Its name, as one of a path. */
  static final Path PATH = Path.of(NAME);

  private WorkingFolder() {}
}
