package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import io.facedrop.manifest.NameCharset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** Judges what a server lists, whose names whoever can drop files has chosen. */
final class RemoteName {
  /** JSch takes some for patterns: asked to remove {@code *}, it would remove all. */
  private static final Pattern DANGEROUS = Pattern.compile("[/\\\\*?\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** Camel looks for an expression behind it, and ends the whole poll when it finds none. */
  private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{");

  /** Outputs mirror the folders, under longer names and in longer places. */
  private static final int LONGEST_PATH = 1024;

  /** Also what turns the direction of text. */
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** What a decoder puts where it finds no character. */
  private static final char UNDECODABLE = '\uFFFD';

  private RemoteName() {}

  /** What is wrong with a listed file or folder, as a clause; empty when it can be worked with. */
  static Optional<String> fault(GenericFile<SftpRemoteFile<LsEntry>> file) {
    String name = file.getFile().getFilename();
    if (name.equals("..") || DANGEROUS.matcher(name).find()) {
      return Optional.of("its name holds / \\ * ? or a control character");
    }
    if (EXPRESSION.matcher(name).find()) {
      return Optional.of("its name holds ${");
    }
    if (file.getRelativeFilePath().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      return Optional.of("its path has more than " + LONGEST_PATH + " bytes");
    }
    if (name.indexOf(UNDECODABLE) >= 0) {
      return Optional.of("its name is not UTF-8");
    }
    if (!NameCharset.canHold(name)) {
      return Optional.of("its name cannot be written here: " + NameCharset.advice());
    }
    return isOrdinary(file.getFile().getRemoteFile().getAttrs())
        ? Optional.empty()
        : Optional.of("it is a link or a device, not a file");
  }

  /** Servers need not say what it is; then it is a file. */
  static boolean isOrdinary(SftpATTRS attributes) {
    boolean told = (attributes.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) != 0;
    return !told || attributes.isReg() || attributes.isDir();
  }

  /** As a log can show it: no line of its own making. */
  static String shown(String name) {
    return NOT_SHOWN.matcher(name).replaceAll("?");
  }
}
