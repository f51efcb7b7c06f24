package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.LedgerException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What waits for the writer. */
public sealed interface Queued {
  /**
   * It is committed or will never be.
   *
   * @param failure null when it is
   */
  void done(LedgerException failure);

  /** Does all of it, and what is for the same work in one go. */
  static void run(Collection<Queued> group) throws SQLException {
    Map<Writer.JointWork<?, ?>, List<Joint<?, ?>>> joint = new IdentityHashMap<>();
    for (Queued queued : group) {
      if (queued instanceof Single<?> single) {
        single.run();
      } else if (queued instanceof Joint<?, ?> question) {
        joint.computeIfAbsent(question.work, first -> new ArrayList<>()).add(question);
      }
    }
    for (List<Joint<?, ?>> questions : joint.values()) {
      Joint.run(questions);
    }
  }

  /** Work of its own. */
  final class Single<T> implements Queued {
    private final Writer.Work<T> work;
    private final Writer.Listener<T> listener;
    private T result;

    Single(Writer.Work<T> work, Writer.Listener<T> listener) {
      this.work = work;
      this.listener = listener;
    }

    private void run() throws SQLException {
      result = work.run();
    }

    @Override
    public void done(LedgerException failure) {
      listener.answered(result, failure);
    }
  }

  /** A question to work that is done for all who ask. */
  final class Joint<Q, A> implements Queued {
    private final Writer.JointWork<Q, A> work;
    private final Q question;
    private final Writer.Listener<A> listener;
    private A answer;

    Joint(Writer.JointWork<Q, A> work, Q question, Writer.Listener<A> listener) {
      this.work = work;
      this.question = question;
      this.listener = listener;
    }

    /** All are for the same work, so its questions and answers are of their types. */
    @SuppressWarnings("unchecked")
    private static <Q, A> void run(List<Joint<?, ?>> requests) throws SQLException {
      List<Joint<Q, A>> joint = new ArrayList<>(requests.size());
      requests.forEach(request -> joint.add((Joint<Q, A>) request));
      List<Q> questions = new ArrayList<>(joint.size());
      joint.forEach(request -> questions.add(request.question));
      Iterator<A> answers = joint.get(0).work.run(questions).iterator();
      joint.forEach(request -> request.answer = answers.next());
    }

    @Override
    public void done(LedgerException failure) {
      listener.answered(answer, failure);
    }
  }
}
