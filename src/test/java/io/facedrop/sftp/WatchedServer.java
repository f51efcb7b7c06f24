package io.facedrop.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import io.facedrop.config.Settings.SftpAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a real SFTP server whose folder {@code in} is seen as Camel sees it. */
abstract class WatchedServer {
  @TempDir static Path place;
  static SftpEndpoint endpoint;
  static GenericFileOperations<SftpRemoteFile<LsEntry>> operations;
  private static SftpServer server;
  private static DefaultCamelContext context;
  private static RemoteFileOperations<?> connection;

  @TempDir Path home;
  Path in;

  @BeforeAll
  @SuppressWarnings({"unchecked", "rawtypes"})
  static void connect() {
    server = SftpServer.start(place.resolve("server"));
    SftpAccess access =
        new SftpAccess(
            SftpServer.PASSWORD,
            null,
            "",
            server.knownHosts(place.resolve("known")),
            true,
            false,
            Duration.ofSeconds(10));
    context = new DefaultCamelContext();
    context.getCamelContextExtension().registerEndpointCallback(new SftpLogin(access));
    context.start();
    endpoint = context.getEndpoint(server.uri("in") + "?streamDownload=true", SftpEndpoint.class);
    RemoteFileOperations sftp = endpoint.createRemoteFileOperations();
    sftp.connect(endpoint.getConfiguration(), null);
    connection = sftp;
    operations = sftp;
  }

  @AfterAll
  static void disconnect() {
    connection.disconnect();
    context.stop();
    server.close();
  }

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectories(server.root().resolve("in"));
  }

  @AfterEach
  void emptyFolder() {
    FileUtil.removeDir(in.toFile());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  GenericFileEndpoint<SftpRemoteFile<LsEntry>> endpoint(String folder) {
    return (GenericFileEndpoint) context.getEndpoint(server.uri(folder));
  }

  Path put(String name, String content) throws IOException {
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** What the server lists under this name below the folder, as a consumer of Camel's has it. */
  GenericFile<SftpRemoteFile<LsEntry>> listed(String name) {
    Path place = Path.of("in", name);
    return Stream.of(operations.listFiles(place.getParent().toString()))
        .filter(file -> file.getFilename().equals(place.getFileName().toString()))
        .map(file -> generic(file, name))
        .findFirst()
        .orElseThrow();
  }

  private static GenericFile<SftpRemoteFile<LsEntry>> generic(
      SftpRemoteFile<LsEntry> listed, String name) {
    GenericFile<SftpRemoteFile<LsEntry>> file = new GenericFile<>();
    file.setFile(listed);
    file.setFileName(name);
    file.setRelativeFilePath(name);
    file.setAbsoluteFilePath("in/" + name);
    file.setFileLength(listed.getFileLength());
    file.setLastModified(listed.getLastModified());
    file.setDirectory(listed.isDirectory());
    return file;
  }

  /** An exchange that is about this file. */
  Exchange about(GenericFile<SftpRemoteFile<LsEntry>> file) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, file);
    exchange.getMessage().setHeader(Exchange.FILE_NAME, file.getRelativeFilePath());
    return exchange;
  }
}
