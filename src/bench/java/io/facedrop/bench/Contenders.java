package io.facedrop.bench;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All contenders, and how to start their Java. */
final class Contenders {
  private static final String PACKAGE = "io.facedrop.bench.contender.";

  private final Options options;

  Contenders(Options options) {
    this.options = options;
  }

  List<Contender> all(Path jar, Databases databases) {
    List<Contender> all = new ArrayList<>(single(jar));
    all.addAll(Cluster.all(options, jar, databases));
    return all;
  }

  /** Those that are one process. */
  private List<Contender> single(Path jar) {
    return List.of(
        Facedrop.onDefaults(options, jar),
        Facedrop.archived(options, jar),
        Facedrop.small(options, jar),
        Facedrop.ages(options, jar),
        java("poller", 1, "Poller", "-Dbench.rate=" + Granted.RATE),
        java("httpclient5", 1, "HttpClient5Loop"),
        java("jdk", 0.05, "JdkClientLoop"),
        java("spring-batch", 0.5, "SpringBatchJob"),
        java(
            "spring-batch-strict",
            0.1,
            "SpringBatchJob",
            "-Dbench.strict=" + options.concurrency()),
        new Peer(
            "node",
            0.05,
            true,
            List.of("node", script("fetch.mjs")),
            List.of("node", "-e", "process.exit(typeof fetch === 'function' ? 0 : 1)")),
        new Peer(
            "python",
            0.1,
            true,
            List.of(options.python(), script("aiohttp_loop.py")),
            List.of(options.python(), "-c", "import aiohttp")),
        new Peer(
            "curl",
            0.001,
            false,
            List.of(script("curl.sh")),
            List.of("sh", "-c", "command -v curl && command -v xargs")));
  }

  /** A command for a main class of the benchmark. */
  List<String> javaCommand(String mainClass, String... jvmOptions) {
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(Arrays.asList(jvmOptions));
    command.addAll(List.of("-cp", classPath(), mainClass));
    return command;
  }

  private Peer java(String name, double share, String mainClass, String... jvmOptions) {
    return new Peer(
        name,
        share,
        true,
        javaCommand(PACKAGE + mainClass, jvmOptions),
        List.of(options.javaProgram(), "-version"));
  }

  private String script(String name) {
    return options.home().resolve("scripts").resolve(name).toString();
  }

  /** Maven runs the benchmark in a class loader of its own. */
  private static String classPath() {
    if (!(Contenders.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> places = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      try {
        places.add(Path.of(url.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("no place on the class path: " + url, e);
      }
    }
    return String.join(File.pathSeparator, places);
  }
}
