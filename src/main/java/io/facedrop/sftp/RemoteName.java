package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** Judges what a server lists, whose names whoever can drop files has chosen. */
final class RemoteName {
  /** JSch takes the last three for patterns: asked to remove {@code *}, it would remove all. */
  private static final Pattern DANGEROUS = Pattern.compile("[/\\\\*?\\p{Cntrl}]");

  /** What a decoder puts where it finds no character. */
  private static final char UNDECODABLE = '\uFFFD';

  private RemoteName() {}

  /** What is wrong with a listed file or folder, as a clause; empty when it can be worked with. */
  static Optional<String> fault(GenericFile<SftpRemoteFile<LsEntry>> file) {
    String name = file.getFile().getFilename();
    if (name.equals("..") || DANGEROUS.matcher(name).find()) {
      return Optional.of("its name holds / \\ * ? or a control character");
    }
    if (name.indexOf(UNDECODABLE) >= 0) {
      return Optional.of("its name is not UTF-8");
    }
    return isOrdinary(file.getFile().getRemoteFile().getAttrs())
        ? Optional.empty()
        : Optional.of("it is a link or a device, not a file");
  }

  /** Servers need not say what it is; then it is a file. */
  private static boolean isOrdinary(SftpATTRS attributes) {
    boolean told = (attributes.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) != 0;
    return !told || attributes.isReg() || attributes.isDir();
  }

  /** As a log can show it: no line of its own making. */
  static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
