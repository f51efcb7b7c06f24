package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The one thread that writes: it commits everything that waits together, so that the price of a
 * durable commit is shared.
 *
 * <p>When a group fails, it is rolled back and each of its works is tried alone, so that only the
 * one at fault fails.
 */
public final class Writer implements AutoCloseable {
  private static final int LARGEST_GROUP = 1024;
  private static final int MOST_CONFLICTS = 5;

  /** One piece of work inside a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /** Work of which nothing is returned. */
  @FunctionalInterface
  public interface Change {
    void run() throws SQLException;

    default Work<Void> work() {
      return () -> {
        run();
        return null;
      };
    }
  }

  /** Work that is done in one go for all who wait for it. */
  @FunctionalInterface
  public interface JointWork<Q, A> {
    /** One answer to each question, in their order. */
    List<A> run(List<Q> questions) throws SQLException;
  }

  /** Is called on the writer's thread when something has happened to the ledger. */
  public interface News {
    /**
     * The last works are committed.
     *
     * @param nanos that this took, from the begin of the transaction on
     */
    default void committed(long nanos) {}

    /** What the last works did has not happened. */
    void rolledBack();

    /** Another process may have written since the last transaction; another is running. */
    default void othersWrote() {}

    /** The database has lost commits of this process; another transaction is running. */
    default void commitsLost() throws SQLException {}
  }

  /** Receives the answer to a question, on the writer's thread. */
  @FunctionalInterface
  public interface Listener<A> {
    /**
     * It is committed, or it is not and has not happened.
     *
     * @param failure null when it is
     */
    void answered(A answer, LedgerException failure);
  }

  /** One who waits, whatever interrupts: the work is committed or not, but never unknown. */
  private static final class Waiting<T> implements Listener<T> {
    private final Thread thread = Thread.currentThread();
    private T result;
    private LedgerException failure;
    private volatile boolean done;

    @Override
    public void answered(T answer, LedgerException cause) {
      result = answer;
      failure = cause;
      done = true;
      LockSupport.unpark(thread);
    }

    T await() {
      boolean interrupted = false;
      while (!done) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  private static final Queued STOP = new Queued.Single<>(() -> null, (result, failure) -> {});

  private final Dialect dialect;
  private final Connection connection;
  private final Transactions transactions;
  private final News news;
  private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::loop, "facedrop-ledger-writer");
  private volatile Consumer<Throwable> onEnd = failure -> {};
  private boolean closed;

  /**
   * @param dialect what the connection is to
   * @param connection of the dialect's for writing, not used by anybody else; closed at the end
   */
  public Writer(Dialect dialect, Connection connection, News news) throws SQLException {
    this.dialect = dialect;
    this.connection = connection;
    this.news = news;
    this.transactions = dialect.transactions(connection);
    thread.setDaemon(true);
    thread.start();
  }

  /** Registers what to call when the thread has failed; nothing is written from then on. */
  public void whenBroken(Consumer<Throwable> broken) {
    onEnd = broken;
  }

  /**
   * Runs the work and returns once it is committed.
   *
   * @throws LedgerException when it was not
   */
  public <T> T write(Work<T> work) {
    Waiting<T> waiting = new Waiting<>();
    submit(work, waiting);
    return waiting.await();
  }

  /**
   * Runs the work while the caller does something else.
   *
   * @throws LedgerException when the ledger is closed; then the listener is not called
   */
  public <T> void submit(Work<T> work, Listener<T> listener) {
    submit(new Queued.Single<>(work, listener));
  }

  /**
   * Runs the work together with that of all other callers that wait for the same.
   *
   * @throws LedgerException when the ledger is closed; then the listener is not called
   */
  public <Q, A> void submit(JointWork<Q, A> work, Q question, Listener<A> listener) {
    submit(new Queued.Joint<>(work, question, listener));
  }

  /** Nothing is queued behind the stop, so nobody waits for a thread that has ended. */
  private void submit(Queued request) {
    synchronized (queue) {
      if (closed) {
        throw new LedgerException("the ledger is closed");
      }
      closed = request == STOP;
      queue.add(request);
    }
  }

  private void loop() {
    Deque<Queued> group = new ArrayDeque<>();
    try {
      boolean stopping = false;
      while (!stopping) {
        take(group);
        stopping = group.remove(STOP);
        if (!group.isEmpty()) {
          // To begin without any work would wait for whoever keeps the ledger locked.
          commit(group);
        }
      }
    } catch (Throwable e) {
      end(group, e);
    }
  }

  private void take(Deque<Queued> group) {
    while (group.isEmpty()) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP);
    }
  }

  private void commit(Deque<Queued> group) {
    commit(group, MOST_CONFLICTS);
  }

  /**
   * @param again how often it is done again because of another transaction
   */
  private void commit(Deque<Queued> group, int again) {
    Transactions.Begun begun;
    long start = System.nanoTime();
    try {
      begun = transactions.begin();
    } catch (SQLException e) {
      if (isConflict(e) && again > 0) {
        commit(group, again - 1);
        return;
      }
      // Nobody's fault; each would only wait as long again.
      tell(group, e);
      return;
    }
    try {
      tell(begun);
      Queued.run(group);
      transactions.commit();
    } catch (UnknownCommitException e) {
      throw e;
    } catch (SQLException | RuntimeException | Error e) {
      rollback();
      if (isConflict(e) && again > 0) {
        commit(group, again - 1);
        return;
      }
      if (group.size() == 1 || transactions.isLost()) {
        tell(group, e);
      }
      while (!group.isEmpty()) {
        commitAlone(group);
      }
      return;
    }
    news.committed(System.nanoTime() - start);
    tell(group, null);
  }

  /** The database ended the transaction because of another one, by the standard's SQLSTATEs. */
  private static boolean isConflict(Throwable failure) {
    return failure instanceof SQLException said
        && said.getSQLState() != null
        && said.getSQLState().startsWith("40");
  }

  private void tell(Transactions.Begun begun) throws SQLException {
    if (begun.othersWrote()) {
      news.othersWrote();
    }
    if (begun.commitsLost()) {
      news.commitsLost();
    }
  }

  /** The first of a group leaves it when it has been told, and not before. */
  private void commitAlone(Deque<Queued> group) {
    Deque<Queued> alone = new ArrayDeque<>(List.of(group.peek()));
    try {
      commit(alone);
    } finally {
      if (alone.isEmpty()) {
        group.poll();
      }
    }
  }

  /** Each is told once and the truth, whatever comes of telling the others. */
  private void tell(Deque<Queued> group, Throwable cause) {
    Throwable first = null;
    while (!group.isEmpty()) {
      try {
        group.poll().done(unwritten(cause));
      } catch (RuntimeException | Error e) {
        first = first == null ? e : first;
      }
    }
    if (first instanceof RuntimeException wrong) {
      throw wrong;
    } else if (first instanceof Error error) {
      throw error;
    }
  }

  private LedgerException unwritten(Throwable cause) {
    return cause == null ? null : dialect.failure("the ledger could not be written", cause);
  }

  /** Nothing can be written any more, and whoever waits must not wait for ever. */
  private void end(Deque<Queued> group, Throwable failure) {
    synchronized (queue) {
      closed = true;
      queue.drainTo(group);
    }
    group.remove(STOP);
    try {
      tell(group, failure);
    } finally {
      onEnd.accept(failure);
    }
  }

  private void rollback() {
    news.rolledBack();
    try {
      transactions.rollback();
    } catch (SQLException ignored) {
      // Nothing was committed; the next statement tells if the connection is lost.
    }
  }

  @Override
  public void close() {
    try {
      submit(STOP);
    } catch (LedgerException closedBefore) {
      // It waits for the thread all the same: that one may have ended by itself.
    }
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed: " + Cause.of(e), e);
    }
  }
}
