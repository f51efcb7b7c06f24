package io.facedrop.publish.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFilesTest {
  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private String output;

  @BeforeEach
  void start() {
    output = "file:" + folder;
    context.getCamelContextExtension().registerEndpointCallback(new UnfinishedFiles(7));
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void bearTheNumberOfTheNodeBehindTheirTemporaryName() {
    FileEndpoint written =
        context.getEndpoint(output + "?tempFileName=.${file:onlyname}", FileEndpoint.class);
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setHeader(Exchange.FILE_NAME, "deep/m.csv");

    assertThat(written.getTempFileName().evaluate(exchange, String.class)).isEqualTo(".m.csv~7");
  }

  @Test
  void areWrittenUnderItAndNamedInTheEnd() {
    context
        .createProducerTemplate()
        .sendBodyAndHeader(
            output + "?tempFileName=.${file:onlyname}", "x", Exchange.FILE_NAME, "deep/m.csv");

    assertThat(Tree.files(folder)).containsExactly(folder.resolve("deep/m.csv"));
  }

  @Test
  void areNoneWhereTheRouteWritesAtOnce() {
    assertThat(context.getEndpoint(output, FileEndpoint.class).getTempFileName()).isNull();
  }

  @Test
  void ofDeadNodesAreRemovedAndNoOthers() throws Exception {
    Files.createDirectories(folder.resolve("deep"));
    for (String name : List.of(".m.csv~3", ".m.csv~4", ".m.csv~7", ".n.csv~3", "m.csv")) {
      Files.createFile(folder.resolve("deep").resolve(name));
    }

    UnfinishedFiles.remove(context, output, "deep/m.csv", List.of(3L, 4L, 5L));

    assertThat(Tree.files(folder.resolve("deep")))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(".m.csv~7", ".n.csv~3", "m.csv");
  }
}
