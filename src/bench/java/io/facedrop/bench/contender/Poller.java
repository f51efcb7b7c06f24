package io.facedrop.bench.contender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a team would write first: a POST for each row, and then a GET every two seconds until its
 * task has ended. Due queries go before creates, and all keep one even rate.
 *
 * <p>{@code -Dbench.rate} is the number of requests per second.
 */
public final class Poller {
  private static final int RATE = Integer.getInteger("bench.rate", 20);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

  private final Rows rows;
  private final Caller caller;
  private final Outputs outputs;
  private final Pace pace = new Pace(RATE);

  /** In the order in which they are due, because all wait equally long. */
  private final Queue<OpenTask> tasks = new ConcurrentLinkedQueue<>();

  private final AtomicInteger unfinished = new AtomicInteger();

  private record OpenTask(Row row, String id, long due) {}

  private Poller(Rows rows, Caller caller, Outputs outputs) {
    this.rows = rows;
    this.caller = caller;
    this.outputs = outputs;
  }

  public static void main(String[] args) throws Exception {
    Job.run(args, Poller::work);
  }

  private static void work(Job job) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(job.concurrency());
    try (Caller caller = new Caller(job.address(), job.concurrency());
        Rows rows = new Rows(job.manifest());
        Outputs outputs = new Outputs(job.outputs(), rows.header(), "faces")) {
      Poller poller = new Poller(rows, caller, outputs);
      // A cold client takes long for the first, and what waited for it would leave in a burst.
      poller.next().run();
      List<Future<Void>> ends = new ArrayList<>();
      for (int number = 0; number < job.concurrency(); number++) {
        ends.add(threads.submit(poller::run));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private Void run() throws InterruptedException {
    for (Runnable call = next(); call != null; call = next()) {
      call.run();
    }
    return null;
  }

  /** Decided when the request may leave; null when all rows have ended. */
  private synchronized Runnable next() throws InterruptedException {
    while (true) {
      pace.await();
      OpenTask task = tasks.peek();
      if (task != null && task.due() - System.nanoTime() <= 0) {
        tasks.remove();
        return () -> query(task);
      }
      Row row = rows.next();
      if (row != null) {
        unfinished.incrementAndGet();
        return () -> create(row);
      }
      if (unfinished.get() == 0) {
        return null;
      }
    }
  }

  private void create(Row row) {
    try {
      Reply reply = caller.post(row.url());
      if (reply.isSuccess()) {
        follow(row, reply.taskId());
      } else {
        end(row, reply);
      }
    } catch (IOException e) {
      end(row, new Reply(0, e.getMessage(), "", "", ""));
    }
  }

  private void query(OpenTask task) {
    try {
      Reply reply = caller.query(task.id());
      if (reply.isSuccess() && !reply.status().equals("succeeded")) {
        follow(task.row(), task.id());
      } else {
        end(task.row(), reply);
      }
    } catch (IOException e) {
      follow(task.row(), task.id());
    }
  }

  private void follow(Row row, String id) {
    tasks.add(new OpenTask(row, id, System.nanoTime() + INTERVAL));
  }

  private void end(Row row, Reply reply) {
    outputs.write(row, reply, reply.faces());
    unfinished.decrementAndGet();
  }
}
