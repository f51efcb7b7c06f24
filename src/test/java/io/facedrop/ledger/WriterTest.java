package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.sqlite.SqliteDatabase;
import io.facedrop.ledger.view.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTest {
  private static final Writer.News NOBODY = () -> {};

  @TempDir Path directory;
  private SqliteDatabase database;
  private Connection connection;
  private Writer writer;

  @BeforeEach
  void open() throws SQLException {
    database = new SqliteDatabase("jdbc:sqlite:" + directory.resolve("ledger.db"), false);
    database.create();
    connection = database.open();
    writer = new Writer(database, connection, NOBODY);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void onlyTheWorkAtFaultFails() throws Exception {
    CountDownLatch holding = hold();
    List<CompletableFuture<Void>> works = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int at = i;
      works.add(
          CompletableFuture.runAsync(() -> writer.write(() -> at == 7 ? broken() : note(at))));
    }
    holding.countDown();

    for (int i = 0; i < 20; i++) {
      Throwable failure = catchThrowable(works.get(i)::join);
      if (i == 7) {
        assertThat(failure.getCause())
            .isInstanceOf(LedgerException.class)
            .hasMessageStartingWith("the ledger could not be written: ")
            .hasMessageContaining("NOT NULL constraint failed: event.detail");
      } else {
        assertThat(failure).isNull();
      }
    }
    assertThat(count()).isEqualTo(19);
  }

  @Test
  void questionsThatWaitAreAnsweredInOneGo() throws Exception {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    Writer.JointWork<Integer, Integer> doubled =
        questions -> {
          sizes.add(questions.size());
          return questions.stream().map(question -> 2 * question).toList();
        };
    CountDownLatch holding = hold();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(ask(doubled, i));
    }
    holding.countDown();

    for (int i = 0; i < 20; i++) {
      assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(2 * i);
    }
    assertThat(sizes).containsExactly(20);
  }

  @Test
  void onlyTheQuestionAtFaultFails() throws Exception {
    Writer.JointWork<Integer, Integer> picky =
        questions -> {
          for (int question : questions) {
            note(question);
            if (question == 7) {
              throw new SQLException("not 7");
            }
          }
          return questions;
        };
    CountDownLatch holding = hold();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(ask(picky, i));
    }
    holding.countDown();

    for (int i = 0; i < 20; i++) {
      CompletableFuture<Integer> answer = answers.get(i);
      if (i == 7) {
        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(LedgerException.class)
            .hasMessageEndingWith("the ledger could not be written: not 7");
      } else {
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(i);
      }
    }
    assertThat(count()).isEqualTo(19);
  }

  /** An error behind the commit, such as no memory: what is committed is not done again. */
  @Test
  void whoeverWaitsIsToldWhenTheWriterCannotGoOn() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    writer.whenBroken(told::complete);
    CountDownLatch holding = hold();
    CompletableFuture<Void> before = CompletableFuture.runAsync(() -> writer.write(() -> note(1)));
    writer.submit(
        () -> note(2),
        (answer, failure) -> {
          throw new OutOfMemoryError("as told");
        });
    CompletableFuture<Void> behind = CompletableFuture.runAsync(() -> writer.write(() -> note(3)));
    holding.countDown();

    assertThat(told.get(20, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
    for (CompletableFuture<Void> waiting : List.of(before, behind)) {
      // Committed, or told that it is not: but not left waiting.
      catchThrowable(() -> waiting.get(20, TimeUnit.SECONDS));
      assertThat(waiting).isDone();
    }
    assertThatThrownBy(() -> writer.write(() -> note(4))).hasMessage("the ledger is closed");
    assertThat(count()).isBetween(1, 3);
  }

  private <Q, A> CompletableFuture<A> ask(Writer.JointWork<Q, A> work, Q question) {
    CompletableFuture<A> told = new CompletableFuture<>();
    writer.submit(
        work,
        question,
        (answer, failure) -> {
          if (failure == null) {
            told.complete(answer);
          } else {
            told.completeExceptionally(failure);
          }
        });
    return told;
  }

  @Test
  void workThatFailsHalfwayLeavesNothing() throws SQLException {
    assertThatThrownBy(
            () ->
                writer.write(
                    () -> {
                      note(1);
                      throw new IllegalStateException("in the middle");
                    }))
        .isInstanceOf(LedgerException.class)
        .hasMessage("the ledger could not be written: in the middle")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(count()).isEqualTo(0);
    writer.write(() -> note(2));
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void closingCommitsWhatWaits() throws Exception {
    CountDownLatch holding = hold();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> writer.write(() -> note(1)));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(writer::close);
    holding.countDown();

    closing.get(20, TimeUnit.SECONDS);
    Throwable refused = catchThrowable(() -> waiting.get(20, TimeUnit.SECONDS));

    assertThat(count()).isEqualTo(refused == null ? 1 : 0);
  }

  @Test
  void closingWithoutAnythingToWriteDoesNotWaitForALock() throws Exception {
    try (Connection other = database.open();
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");

      CompletableFuture.runAsync(writer::close).get(8, TimeUnit.SECONDS);
    }
  }

  @Test
  void writingAfterTheCloseIsRefused() {
    writer.close();

    assertThatThrownBy(() -> writer.write(() -> note(1)))
        .isInstanceOf(LedgerException.class)
        .hasMessage("the ledger is closed");
  }

  @Test
  void everyWriteBesideACloseEndsOneWayOrTheOther() throws Exception {
    for (int round = 0; round < 50; round++) {
      Writer closing = new Writer(database, database.open(), NOBODY);
      CountDownLatch start = new CountDownLatch(1);
      List<CompletableFuture<Void>> works = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        works.add(
            CompletableFuture.runAsync(
                () -> {
                  await(start);
                  for (int n = 0; n < 1000; n++) {
                    closing.write(() -> null);
                  }
                }));
      }
      start.countDown();
      closing.close();
      for (CompletableFuture<Void> work : works) {
        catchThrowable(() -> work.get(10, TimeUnit.SECONDS));
        assertThat(work).as("round %s", round).isDone();
      }
    }
  }

  @Test
  void groupThatFindsTheLedgerLockedWaitsForItOnce() throws Exception {
    try (Connection other = database.open();
        Statement statement = other.createStatement();
        Statement impatient = connection.createStatement()) {
      impatient.execute("pragma busy_timeout = 500");
      CountDownLatch holding = hold();
      List<CompletableFuture<Void>> works = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        works.add(CompletableFuture.runAsync(() -> writer.write(() -> note(1))));
      }
      CompletableFuture<Void> locked =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.execute("begin immediate");
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      holding.countDown();
      locked.get(20, TimeUnit.SECONDS);
      long begun = System.nanoTime();
      works.forEach(work -> catchThrowable(work::join));

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(4);
      statement.execute("rollback");
    }
    writer.write(() -> note(2));
  }

  @Test
  void interruptWaitsUntilTheWorkIsCommitted() throws Exception {
    Thread.currentThread().interrupt();

    writer.write(() -> note(1));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(count()).isEqualTo(1);
  }

  /** Keeps the writer busy until the latch is counted down, so that works gather. */
  private CountDownLatch hold() throws InterruptedException {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture.runAsync(
        () ->
            writer.write(
                () -> {
                  begun.countDown();
                  await(holding);
                  return null;
                }));
    begun.await();
    return holding;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Void note(long at) throws SQLException {
    new Events(connection).note(Event.Kind.NOTE, null, "noted", at);
    return null;
  }

  private Void broken() throws SQLException {
    new Events(connection).note(Event.Kind.NOTE, null, null, 0);
    return null;
  }

  private int count() throws SQLException {
    try (Connection other = database.open();
        Statement statement = other.createStatement()) {
      return statement.executeQuery("select count(*) from event").getInt(1);
    }
  }
}
