package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that writes: it commits everything that waits together, so that the price of a
 * durable commit is shared.
 *
 * <p>When a group fails, it is rolled back and each of its works is tried alone, so that only the
 * one at fault fails.
 */
final class Writer implements AutoCloseable {
  private static final int LARGEST_GROUP = 1024;

  /** One piece of work inside a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Work that is done in one go for all who wait for it. */
  @FunctionalInterface
  interface JointWork<Q, A> {
    /** One answer to each question, in their order. */
    List<A> run(List<Q> questions) throws SQLException;
  }

  private abstract static class Request<T> {
    private final Thread caller = Thread.currentThread();
    private T result;
    private Throwable failure;
    private volatile boolean done;

    void done(Throwable cause) {
      failure = cause;
      done = true;
      LockSupport.unpark(caller);
    }
  }

  private static final class Single<T> extends Request<T> {
    private final Work<T> work;

    Single(Work<T> work) {
      this.work = work;
    }

    void run() throws SQLException {
      super.result = work.run();
    }
  }

  private static final class Joint<Q, A> extends Request<A> {
    private final JointWork<Q, A> work;
    private final Q question;

    Joint(JointWork<Q, A> work, Q question) {
      this.work = work;
      this.question = question;
    }
  }

  private static final Request<?> STOP = new Single<>(() -> null);

  private final Connection connection;
  private final Runnable onRollback;
  private final Statement statement;
  private final BlockingQueue<Request<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::loop, "facedrop-ledger-writer");
  private boolean closed;

  /**
   * @param connection not used by anybody else; closed at the end
   * @param onRollback told that what the last works did has not happened
   */
  Writer(Connection connection, Runnable onRollback) throws SQLException {
    this.connection = connection;
    this.onRollback = onRollback;
    // Transactions are begun by hand: the driver would begin the next one right after a commit and
    // so keep every other process from writing.
    this.statement = connection.createStatement();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs the work and returns once it is committed.
   *
   * @throws LedgerException when it was not
   */
  <T> T write(Work<T> work) {
    return written(new Single<>(work));
  }

  /**
   * Has the work done together with that of all others who wait for the same, and returns once it
   * is committed.
   *
   * @throws LedgerException when it was not
   */
  <Q, A> A write(JointWork<Q, A> work, Q question) {
    return written(new Joint<>(work, question));
  }

  private <T> T written(Request<T> request) {
    submit(request);
    boolean interrupted = false;
    while (!request.done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      // The work is committed or not, but never unknown: the interrupt waits until it is.
      Thread.currentThread().interrupt();
    }
    if (request.failure != null) {
      throw new LedgerException(
          "the ledger could not be written: " + Diagnosis.of(request.failure), request.failure);
    }
    return request.result;
  }

  /** Nothing is queued behind the stop, so nobody waits for a thread that has ended. */
  private void submit(Request<?> request) {
    synchronized (queue) {
      if (closed) {
        throw new LedgerException("the ledger is closed");
      }
      closed = request == STOP;
      queue.add(request);
    }
  }

  private void loop() {
    List<Request<?>> group = new ArrayList<>();
    boolean stopping = false;
    while (!stopping) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP);
      stopping = group.remove(STOP);
      if (!group.isEmpty()) {
        // To begin without any work would wait for whoever keeps the ledger locked.
        commit(group);
      }
    }
  }

  private void commit(List<Request<?>> group) {
    try {
      statement.execute("begin immediate");
    } catch (SQLException e) {
      // Nobody's fault; each would only wait as long again.
      group.forEach(request -> request.done(e));
      return;
    }
    try {
      run(group);
      statement.execute("commit");
      group.forEach(request -> request.done(null));
    } catch (SQLException | RuntimeException | Error e) {
      rollback();
      if (group.size() == 1) {
        group.get(0).done(e);
      } else {
        group.forEach(request -> commit(List.of(request)));
      }
    }
  }

  private static void run(List<Request<?>> group) throws SQLException {
    Map<JointWork<?, ?>, List<Request<?>>> joint = new IdentityHashMap<>();
    for (Request<?> request : group) {
      if (request instanceof Single<?> single) {
        single.run();
      } else {
        joint
            .computeIfAbsent(((Joint<?, ?>) request).work, first -> new ArrayList<>())
            .add(request);
      }
    }
    for (Map.Entry<JointWork<?, ?>, List<Request<?>>> work : joint.entrySet()) {
      runJointly(work.getKey(), work.getValue());
    }
  }

  /** All requests are for this work, so its questions and answers are of their types. */
  @SuppressWarnings("unchecked")
  private static <Q, A> void runJointly(JointWork<Q, A> work, List<Request<?>> requests)
      throws SQLException {
    List<Q> questions = new ArrayList<>(requests.size());
    requests.forEach(request -> questions.add(((Joint<Q, A>) request).question));
    Iterator<A> answers = work.run(questions).iterator();
    requests.forEach(request -> ((Request<A>) request).result = answers.next());
  }

  private void rollback() {
    onRollback.run();
    try {
      statement.execute("rollback");
    } catch (SQLException ignored) {
      // Nothing was committed; the next statement tells if the connection is lost.
    }
  }

  @Override
  public void close() {
    try {
      submit(STOP);
    } catch (LedgerException closedBefore) {
      return;
    }
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed: " + e.getMessage(), e);
    }
  }
}
