package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import io.facedrop.intake.SafeName;
import io.facedrop.manifest.NameCharset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** Judges what a server lists, whose names whoever can drop files has chosen. */
final class RemoteName {
  /** JSch takes some for patterns: asked to remove {@code *}, it would remove all. */
  private static final Pattern DANGEROUS = Pattern.compile("[/\\\\*?\\p{Cc}\\p{Zl}\\p{Zp}]");

  private RemoteName() {}

  /** What is wrong with a listed file or folder, as a clause; empty when it can be worked with. */
  static Optional<String> fault(GenericFile<SftpRemoteFile<LsEntry>> file) {
    String name = file.getFile().getFilename();
    if (name.equals("..") || DANGEROUS.matcher(name).find()) {
      return Optional.of("its name holds / \\ * ? or a control character");
    }
    if (SafeName.holdsExpression(name)) {
      return Optional.of("its name holds ${");
    }
    if (SafeName.isTooLong(file.getRelativeFilePath())) {
      return Optional.of("its path has more than " + SafeName.LONGEST_PATH + " bytes");
    }
    if (SafeName.isUndecodable(name)) {
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
}
