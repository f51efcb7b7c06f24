package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeetingsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Meetings<Integer> meetings = new Meetings<>();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void everyMeetingIsTakenOnceByWhoeverIsFree() throws Exception {
    int workers = 32;
    int rounds = 2_000;
    Set<Integer> taken = ConcurrentHashMap.newKeySet();
    ExecutorService ledger = Executors.newSingleThreadExecutor();
    List<Future<?>> ends = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int first = worker * rounds;
      ends.add(
          threads.submit(
              () -> {
                for (int number = first; number < first + rounds; number++) {
                  int meeting = number;
                  ledger.execute(() -> meetings.end(meeting, () -> null));
                  assertThat(taken.add(meetings.take().meeting())).isTrue();
                }
              }));
    }

    for (Future<?> end : ends) {
      end.get(50, TimeUnit.SECONDS);
    }
    ledger.shutdown();
    assertThat(taken).hasSize(workers * rounds);
  }

  @Test
  void sleepersAreWokenForAllThatEndsAtOnce() throws Exception {
    List<Future<Integer>> sleepers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sleepers.add(threads.submit(() -> meetings.take().meeting()));
    }

    for (int i = 0; i < 10; i++) {
      meetings.end(i, () -> null);
    }

    List<Integer> taken = new ArrayList<>();
    for (Future<Integer> sleeper : sleepers) {
      taken.add(sleeper.get(20, TimeUnit.SECONDS));
    }
    assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void interruptDoesNotKeepAMeetingFromBeingTaken() {
    meetings.end(1, () -> null);
    Thread.currentThread().interrupt();

    assertThat(meetings.take().meeting()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
