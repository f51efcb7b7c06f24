package io.facedrop.api;

import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.GateClosedException;
import io.facedrop.api.gate.GateLimits;
import io.facedrop.api.gate.Permit;
import io.facedrop.api.gate.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Workers, a ledger, a network and an API around one gate, all in made-up time: what comes when is
 * drawn from a seed.
 */
final class GateSimulation {
  static final long SECOND = MadeUpTime.SECOND;
  private static final long MILLI = 1_000_000L;

  /** How the world around the gate behaves for a while. */
  enum Weather {
    FAIR,
    REFUSED,
    MAINTENANCE,
    UNREACHABLE,
    BROKEN,
    UNREADABLE,
    SILENT,
    NO_KEY,
    NO_CREDITS,
    LEDGER_LOCKED,
    HANDSHAKES_STALL,
    NOTHING_TO_DO,
    MIXED
  }

  final double perSecond;
  private final boolean separate;
  final Gate gate;
  final List<Long> departures = new ArrayList<>();
  final List<Long> queries = new ArrayList<>();
  final MemoryGateStore store = new MemoryGateStore();
  private final Random random;
  private final int concurrency;
  private final boolean handshakes;
  private final MadeUpTime time = new MadeUpTime();
  private Weather weather = Weather.FAIR;
  private long weatherSince;
  private long row = 1;
  private int idle;
  private int inFlight;
  private boolean looking;

  /** One rate for creates and queries. */
  GateSimulation(Random random, double perSecond) {
    this(random, perSecond, 0);
  }

  /** A rate for creates, and if it is above 0, one for queries. */
  GateSimulation(Random random, double perSecond, double queriesPerSecond) {
    this.random = random;
    this.separate = queriesPerSecond > 0;
    this.perSecond = perSecond;
    this.concurrency = 4 + (int) ((perSecond + queriesPerSecond) * 0.6) + random.nextInt(32);
    this.handshakes = random.nextBoolean();
    this.idle = concurrency;
    long interval = (long) Math.ceil(SECOND / perSecond);
    long queryInterval = separate ? (long) Math.ceil(SECOND / queriesPerSecond) : GateLimits.SHARED;
    gate =
        new Gate(
            new GateLimits(
                interval,
                queryInterval,
                concurrency,
                5,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60))),
            store,
            this::balance,
            time.clock(),
            time::now,
            time.background());
    at(now(), this::look);
  }

  private void at(long moment, Runnable what) {
    time.at(
        moment,
        () -> {
          what.run();
          requireSense();
        });
  }

  long now() {
    return time.now();
  }

  void weather(Weather next) {
    weather = next;
    weatherSince = now();
  }

  /** Lets time pass. */
  void pass(long nanos) {
    time.pass(nanos);
  }

  private void requireSense() {
    if (inFlight > concurrency) {
      throw new AssertionError(inFlight + " in flight of " + concurrency);
    }
  }

  /** A thread that wakes up does so a little late. */
  private long late() {
    return (long) (random.nextDouble() * random.nextDouble() * MILLI);
  }

  /** The first idle worker waits at the gate. */
  private void look() {
    if (idle > 0) {
      Permit permit = gate.tryAcquire();
      if (permit != null) {
        idle--;
        inFlight++;
        at(now() + claimNanos(), () -> claimed(permit));
      }
    }
    if (!looking) {
      looking = true;
      long wait = Math.max(MILLI / 20, Math.min(gate.permitNanos(now()), SECOND / 10));
      at(
          now() + wait + late(),
          () -> {
            looking = false;
            look();
          });
    }
  }

  private long claimNanos() {
    long usual = MILLI / 5 + (long) (random.nextDouble() * 5 * MILLI);
    // It is locked from the beginning to the end of this weather.
    return weather == Weather.LEDGER_LOCKED
        ? 8 * SECOND - (now() - weatherSince) % (8 * SECOND)
        : usual;
  }

  private void claimed(Permit permit) {
    boolean nothing = weather == Weather.NOTHING_TO_DO || random.nextInt(50) == 0;
    boolean creates = permit.creates() && (!permit.queries() || !separate && random.nextInt(3) > 0);
    RequestKind kind =
        permit.first() != null ? permit.first() : creates ? RequestKind.CREATE : RequestKind.QUERY;
    if (nothing && weather != Weather.FAIR || nothing && random.nextInt(4) == 0) {
      back(permit, 0, Signal.UNUSED);
      return;
    }
    gate.claimed(permit, kind);
    if (unreachable()) {
      at(now() + late(), () -> report(permit, signal(Signal.Kind.UNREACHABLE, kind, 0, null)));
    } else {
      at(
          now() + connectNanos(),
          () -> {
            gate.departing(kind, 1);
            depart(permit, kind);
          });
    }
  }

  private boolean unreachable() {
    return weather == Weather.UNREACHABLE || weather == Weather.MIXED && random.nextInt(4) == 0;
  }

  private long connectNanos() {
    if (weather == Weather.HANDSHAKES_STALL) {
      return 7 * SECOND - (now() - weatherSince) % (7 * SECOND);
    }
    // What they differ by moves requests over the edges of the time that is looked at.
    long differ = perSecond > 20 ? 10 * MILLI : 100 * MILLI;
    return handshakes ? 200 * MILLI + (long) (random.nextDouble() * differ) : 0;
  }

  private void depart(Permit permit, RequestKind kind) {
    try {
      long wait = gate.tryDepart(permit, kind);
      if (wait > 0) {
        at(now() + wait + late(), () -> depart(permit, kind));
        return;
      }
    } catch (GateClosedException closed) {
      gate.departing(kind, -1);
      report(permit, signal(Signal.Kind.UNUSED, kind, 0, null));
      return;
    }
    gate.departing(kind, -1);
    departed(kind);
    long latency = 20 * MILLI + (long) (random.nextDouble() * 200 * MILLI);
    at(now() + latency, () -> report(permit, answer(kind)));
  }

  private void departed(RequestKind kind) {
    (separate && kind == RequestKind.QUERY ? queries : departures).add(now());
  }

  private Signal answer(RequestKind kind) {
    return switch (weather) {
      case REFUSED -> signal(Signal.Kind.REFUSED, kind, 429, retryAfter());
      case MAINTENANCE -> signal(Signal.Kind.MAINTENANCE, kind, 455, retryAfter());
      case BROKEN -> signal(Signal.Kind.FAILURE, kind, 500, null);
      case UNREADABLE, SILENT -> signal(Signal.Kind.DOUBT, kind, 0, null);
      case NO_KEY -> signal(Signal.Kind.HALT, kind, 401, null);
      case NO_CREDITS ->
          kind == RequestKind.CREATE
              ? signal(Signal.Kind.HALT, kind, 402, null)
              : signal(Signal.Kind.ANSWERED, kind, 200, null);
      case MIXED ->
          switch (random.nextInt(8)) {
            case 0 -> signal(Signal.Kind.REFUSED, kind, 429, retryAfter());
            case 1, 2 -> signal(Signal.Kind.FAILURE, kind, 500, null);
            case 3 -> signal(Signal.Kind.DOUBT, kind, 0, null);
            case 4 -> signal(Signal.Kind.NOT_FOUND, kind, 404, null);
            default -> signal(Signal.Kind.ANSWERED, kind, 200, null);
          };
      default -> signal(Signal.Kind.ANSWERED, kind, 200, null);
    };
  }

  private String retryAfter() {
    return random.nextBoolean() ? null : String.valueOf(random.nextInt(20));
  }

  private Signal signal(Signal.Kind kind, RequestKind request, int code, String retryAfter) {
    boolean again = random.nextInt(4) == 0;
    return new Signal(kind, request, again, code, weather.name(), retryAfter);
  }

  private void report(Permit permit, Signal signal) {
    back(permit, row++, signal);
  }

  private void back(Permit permit, long of, Signal signal) {
    inFlight--;
    idle++;
    gate.report(permit, of, signal);
    look();
  }

  /** The question is a request too. */
  private OptionalDouble balance() {
    try {
      long wait = gate.tryDepart(null, RequestKind.QUERY);
      while (wait > 0) {
        // All else goes on meanwhile.
        pass(wait + late());
        wait = gate.tryDepart(null, RequestKind.QUERY);
      }
    } catch (GateClosedException closed) {
      return OptionalDouble.empty();
    }
    departed(RequestKind.QUERY);
    return switch (weather) {
      case UNREACHABLE, UNREADABLE, SILENT -> OptionalDouble.empty();
      case NO_CREDITS, NO_KEY -> OptionalDouble.of(0);
      default -> OptionalDouble.of(100);
    };
  }
}
