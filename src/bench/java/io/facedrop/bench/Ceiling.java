package io.facedrop.bench;

import java.util.Locale;

/**
 * How fast the endpoint is, by a client that does nothing with the answers, in the same run.
 *
 * @param perSecond answers on 32 connections, one request at a time on each
 * @param pipelinedPerSecond 16 requests at once on each
 * @param latePerSecond on 512 connections with 200 ms latency, which allows 2,560
 * @param cpuMicros what an answer costs the endpoint, one request at a time
 */
record Ceiling(long perSecond, long pipelinedPerSecond, long latePerSecond, double cpuMicros) {

  String text(double fastest) {
    return String.format(
        Locale.ROOT,
        """
        Endpoint: %,d answers/s to a client that only sends and receives (32 connections, one \
        request at a time), %,d/s with 16 requests at once; %.1f µs of CPU an answer. With 200 ms \
        latency and 512 connections %,d of 2,560/s.%s""",
        perSecond,
        pipelinedPerSecond,
        cpuMicros,
        latePerSecond,
        fastest == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " The fastest contender had %,.0f rows/s: the endpoint is %.1f times as fast.",
                fastest,
                perSecond / fastest));
  }
}
