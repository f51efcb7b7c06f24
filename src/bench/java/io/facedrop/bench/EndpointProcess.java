package io.facedrop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.bench.endpoint.Durations;
import io.facedrop.bench.endpoint.Endpoint;
import io.facedrop.bench.endpoint.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** The endpoint, which lives as long as the benchmark. */
final class EndpointProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Contenders contenders;
  private final Process process;
  private final String port;

  EndpointProcess(Contenders contenders) throws IOException {
    this.contenders = contenders;
    process =
        new ProcessBuilder(contenders.javaCommand(Endpoint.class.getName(), "-Xmx512m"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    port = process.inputReader().readLine();
    if (port == null) {
      throw new IllegalStateException("the endpoint did not start; see above");
    }
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port;
  }

  /** Forgets what it has counted and answers after this time from now on. */
  void reset(Scenario scenario) throws IOException {
    String rate = scenario.rate().replaceAll("\\D", "");
    reset(
        scenario.latencyMillis(),
        rate.isEmpty() ? 0 : Integer.parseInt(rate),
        scenario.durations());
  }

  Counts counts() throws IOException {
    return get("/bench/counts");
  }

  double cpuSeconds() {
    return ProcFile.cpuSeconds(process.pid());
  }

  /** What it gives to a client that does nothing but send and receive. */
  Ceiling ceiling() throws IOException, InterruptedException {
    double cpu = cpuSeconds();
    reset(0, 0, Durations.NONE);
    long single = rawClient(32, 1, 5);
    double micros = (cpuSeconds() - cpu) * 1e6 / counts().posts();
    long pipelined = rawClient(32, 16, 5);
    reset(200, 0, Durations.NONE);
    long late = rawClient(512, 1, 5);
    return new Ceiling(single, pipelined, late, micros);
  }

  private void reset(int latencyMillis, int rate, Durations durations) throws IOException {
    get("/bench/reset?latency=" + latencyMillis + "&rate=" + rate + durations.options());
  }

  private Counts get(String target) throws IOException {
    try (InputStream answer = URI.create(baseUrl() + target).toURL().openStream()) {
      return JSON.readValue(answer, Counts.class);
    }
  }

  private long rawClient(int connections, int depth, int seconds)
      throws IOException, InterruptedException {
    List<String> command = contenders.javaCommand(RawClient.class.getName());
    for (Object argument : List.of(port, connections, depth, seconds)) {
      command.add(argument.toString());
    }
    Process client =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader answer = client.inputReader()) {
      String rate = answer.readLine();
      if (client.waitFor() != 0 || rate == null) {
        throw new IllegalStateException("the raw client failed; see above");
      }
      return Long.parseLong(rate);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
