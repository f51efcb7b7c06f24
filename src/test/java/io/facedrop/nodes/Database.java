package io.facedrop.nodes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server that can be stopped, and started again with what its disk holds. */
final class Database implements AutoCloseable {
  static final String USER = "postgres";

  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final Path data;
  private final EmbeddedPostgres server;
  private final Path programs;
  private boolean away;

  Database(Path folder) {
    data = folder.resolve("postgres");
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data);
    DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
    try {
      server = builder.start();
      long process = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
      programs = Path.of("/proc/" + process + "/exe").toRealPath().getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DURABLE.forEach(
        setting -> {
          if (!books("postgres").text("show " + setting).equals("on")) {
            throw new IllegalStateException(setting + " is off");
          }
        });
  }

  int port() {
    return server.getPort();
  }

  /** Makes a database, and tells how it is reached. */
  Access create(String name) {
    books("postgres").execute("create database " + name);
    return new Access(port(), name, "");
  }

  boolean isAway() {
    return away;
  }

  /**
   * Stops the server.
   *
   * @param mode of {@code pg_ctl}: {@code fast}, or {@code immediate} as if the power failed
   */
  void stop(String mode) {
    away = true;
    control("stop", "-w", "-m", mode);
  }

  void start() {
    StringBuilder options = new StringBuilder("-p " + port());
    DURABLE.forEach(setting -> options.append(" -c ").append(setting).append("=on"));
    options.append(" -c max_connections=300");
    control("start", "-w", "-l", data.resolve("log.txt").toString(), "-o", options.toString());
    away = false;
  }

  private void control(String... words) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // The server does not run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(programs.resolve("pg_ctl").toString(), "-D", data.toString()));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("control.txt").toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(
            command + ": " + Files.readString(data.resolve("control.txt")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is in a database. */
  Books books(String name) {
    return new Books(new Access(port(), name, "?user=" + USER).address(port()));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
