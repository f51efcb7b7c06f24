package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteNameTest extends WatchedServer {
  private static final String DANGEROUS = "its name holds / \\ * ? or a control character";

  @Test
  void findsNothingWrongWithFilesAndFolders() throws IOException {
    put("partner/$1 100% #'m'.csv", "");

    assertThat(RemoteName.fault(listed("partner"))).isEmpty();
    assertThat(RemoteName.fault(listed("partner/$1 100% #'m'.csv"))).isEmpty();
  }

  @Test
  void refusesALink() throws IOException {
    put("m.csv", "");
    Files.createSymbolicLink(in.resolve("link.csv"), in.resolve("m.csv"));

    assertThat(RemoteName.fault(listed("link.csv")))
        .contains("it is a link or a device, not a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "m?.csv", "a\\b.csv", "a/b.csv", "..", "a\nb.csv", "a\u2028b.csv"})
  void refusesNamesThatMeanOtherFilesOrForgeLines(String name) throws IOException {
    assertThat(fault(name, name)).contains(DANGEROUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${file:name}.csv", "$simple{file:name}.csv"})
  void refusesNamesThatCamelWouldEvaluate(String name) throws IOException {
    assertThat(fault(name, name)).contains("its name holds ${");
  }

  @Test
  void refusesWhatTheServersBytesDoNotSpell() throws IOException {
    assertThat(fault("caf\uFFFD.csv", "caf\uFFFD.csv")).contains("its name is not UTF-8");
  }

  @Test
  void refusesPathsThatNoOutputCouldHave() throws IOException {
    assertThat(fault("m.csv", "x".repeat(1024))).isEmpty();
    assertThat(fault("m.csv", "x".repeat(1025))).contains("its path has more than 1024 bytes");
  }

  /** Of a file that a server lists under this name. */
  private Optional<String> fault(String name, String path) throws IOException {
    put("m.csv", "");
    GenericFile<SftpRemoteFile<LsEntry>> file = listed("m.csv");
    file.setFile(new Renamed(file.getFile(), name));
    file.setRelativeFilePath(path);
    return RemoteName.fault(file);
  }

  /** A file that a server lists, under a name that no server of ours can have. */
  private record Renamed(SftpRemoteFile<LsEntry> file, String name)
      implements SftpRemoteFile<LsEntry> {
    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getLongname() {
      return file.getLongname();
    }

    @Override
    public boolean isDirectory() {
      return file.isDirectory();
    }

    @Override
    public long getFileLength() {
      return file.getFileLength();
    }

    @Override
    public long getLastModified() {
      return file.getLastModified();
    }

    @Override
    public LsEntry getRemoteFile() {
      return file.getRemoteFile();
    }
  }
}
