package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;

/**
 * Whether the books of a ledger balance, asked in SQL past our own code.
 *
 * @param see gives the first column of a query's first row
 */
record LedgerAudit(Function<String, Object> see) {
  private static final String ODDLY_HELD =
      """
      select count(*)
        from batch
       where (held = 1 and (state <> 'open' or judged = 0 or held_at is null
                            or cancelled_at is not null or released_at is not null))
          or (judged = 0 and (state = 'complete' or cancelled_at is not null))
          or (held_at is not null and 2 * held_dead <= held_of)
      """;

  private static final String ODD_TRIALS =
      """
      select count(*)
        from trial t
        join batch b on b.number = t.row_id >> 32
        left join progress p on p.id = t.row_id
       where b.judged = 1
          or p.id is null
          or coalesce(t.came_to, 'OPEN')
             <> case p.state when 'submitted' then 'OPEN'
                             when 'succeeded' then 'SUCCEEDED'
                             else coalesce(p.reason, '') end
      """;

  private static final String MISSAMPLED =
      """
      select b.number || ': ' || t.sampled || ' of ' || a.answered
        from (select number from batch where judged = 0 and state = 'open') b
        join (select number,
                     (select count(*) from trial where row_id >> 32 = number) sampled
                from batch) t on t.number = b.number
        join (select number,
                     (select count(*)
                        from progress p
                       where p.id >> 32 = number
                         and p.id not in (select row_id from follower)
                         and (p.state = 'submitted' and p.attempts > 0
                              or p.state = 'succeeded'
                              or p.state = 'dead'
                                 and p.requests > 0
                                 and p.reason <> 'CANCELLED'
                                 and p.message not like 'to be sent at%%'
                                 and (p.reason not in ('SERVER_ERROR', 'RESULT_UNREADABLE',
                                                       'IN_DOUBT')
                                      or p.detect_task_id is not null and p.attempts > 0))) answered
                from batch) a on a.number = b.number
       where t.sampled <> case when a.answered < %1$d then a.answered else %1$d end
      """;

  private static final String OVERDUE_HOLDS =
      """
      select row_id >> 32
        from trial
       where came_to not in ('SUCCEEDED', 'SERVER_ERROR', 'RESULT_UNREADABLE', 'IN_DOUBT')
       group by row_id >> 32, came_to
      having 2 * count(*) > %d
      """;

  private static final String MISCOUNTED_BATCHES =
      """
      select count(*)
        from (select * from batch where removed = 0) b
       where b.rows <> (select count(*) from manifest_row m where m.id >> 32 = b.number)
          or b.rows < (select coalesce(sum(rows), 0) from part where batch = b.number)
          or (select coalesce(sum(rows), 0) from part where batch = b.number)
             <> (select count(*)
                   from progress p
                  where p.id >> 32 = b.number
                    and p.state in ('succeeded', 'dead'))
          or (b.id is not null
              and b.requests <> (select coalesce(sum(p.requests), 0)
                                   from progress p
                                  where p.id >> 32 = b.number))
      """;

  private static final String MISCOUNTED_TRAFFIC =
      """
      select count(*)
        from (select * from batch where removed = 0) b
       where b.requests <> (select coalesce(sum(t.requests), 0)
                              from traffic t
                             where t.batch = b.number
                               and t.kind <> 'FACES')
      """;

  /** A task is paid for, and its faces are not valid for longer than an hour from now. */
  private static final String UNSOUND_TASKS =
      """
      select count(*)
        from progress
       where (state = 'submitted' and detect_task_id is null)
          or (state = 'dead' and detect_task_id is not null and charged <> 'yes'
              and id not in (select row_id from follower))
          or ((detect_id is null) <> (expires_at is null))
          or expires_at > settled_at + 3600000
      """;

  private static final String MISCOUNTED_PARTS =
      """
      select count(*)
        from part t
        join batch b on b.number = t.batch and b.removed = 0
       where t.rows <> (select count(*)
                          from progress p
                         where p.id between t.first_row and t.last_row
                           and p.part = t.number
                           and p.state = case t.output when 'success' then 'succeeded' else 'dead' end)
      """;

  /** Open rows that are neither claimed nor waiting nor ahead of their batch's position. */
  private static final String LOST =
      """
      select count(*)
        from manifest_row m
        join batch b on b.number = m.id >> 32
        left join progress p on p.id = m.id
        left join claim c on c.row_id = m.id
       where b.state = 'open'
         and c.row_id is null
         and m.id not in (select row_id from follower)
         and ((p.id is null and (m.id & 4294967295) < b.next_position)
              or (p.state in ('waiting', 'unproven', 'submitted') and p.due_at is null))
      """;

  private static final String MISCOUNTED_SHARES =
      """
      select count(*)
        from (select * from batch where removed = 0) b
       where b.shared <> (select count(*) from follower f where f.row_id >> 32 = b.number)
          or (b.share = 0 and b.shared > 0)
      """;

  /**
   * A follower is never sent; it has the URL of its leader and what became of it, or nothing yet.
   */
  private static final String UNSOUND_FOLLOWERS =
      """
      select count(*)
        from follower f
        join manifest_row m on m.id = f.row_id
        join manifest_row li on li.id = f.leader
        left join progress p on p.id = f.row_id
        left join progress l on l.id = f.leader
        left join claim c on c.row_id = f.row_id
       where m.image_url <> li.image_url
          or m.id >> 32 <> li.id >> 32
          or c.row_id is not null
          or f.leader in (select row_id from follower)
          or (p.id is not null
              and (p.attempts <> 0
                   or p.requests <> 0
                   or p.possible_duplicate = 1
                   or p.charged <> 'no'
                   or p.state is distinct from l.state
                   or p.detect_task_id is distinct from l.detect_task_id
                   or p.reason is distinct from l.reason
                   or p.code is distinct from l.code
                   or p.http_status is distinct from l.http_status
                   or p.message is distinct from l.message
                   or p.detect_id is distinct from l.detect_id
                   or p.faces is distinct from l.faces
                   or p.face_count is distinct from l.face_count
                   or p.settled_at is distinct from l.settled_at
                   or p.detected_at is distinct from l.detected_at
                   or p.expires_at is distinct from l.expires_at))
      """;

  /** Open followers of a settled leader that are not on the list of those to be settled. */
  private static final String LOST_FOLLOWERS =
      """
      select count(*)
        from follower f
        join progress l on l.id = f.leader
        left join progress p on p.id = f.row_id
        left join sharing s on s.leader = f.leader and s.next_follower <= f.row_id
       where l.part is not null
         and p.id is null
         and s.leader is null
      """;

  /** Every row is a success, a dead letter or open, and the sums agree. */
  void audit(String occasion) {
    assertThat(see(MISCOUNTED_BATCHES)).as("%s: batches whose sums differ", occasion).isEqualTo(0);
    assertThat(see(MISCOUNTED_PARTS)).as("%s: parts whose rows differ", occasion).isEqualTo(0);
    assertThat(see(MISCOUNTED_TRAFFIC)).as("%s: batches miscounted", occasion).isEqualTo(0);
    assertThat(see(UNSOUND_TASKS)).as("%s: rows with odd tasks", occasion).isEqualTo(0);
    assertThat(see(LOST)).as("%s: rows that nothing would ever claim", occasion).isEqualTo(0);
    assertThat(see(MISCOUNTED_SHARES)).as("%s: shared rows miscounted", occasion).isEqualTo(0);
    assertThat(see(UNSOUND_FOLLOWERS)).as("%s: shared rows that differ", occasion).isEqualTo(0);
    assertThat(see(LOST_FOLLOWERS)).as("%s: shared rows left behind", occasion).isEqualTo(0);
  }

  /**
   * No batch is held that has ended, and of each that is not judged the first answers are on trial
   * as they stand: those that tell of the row, the requests that a crash cut off left out.
   */
  void auditTrials(int holdAfter, String occasion) {
    assertThat(see(ODDLY_HELD)).as("%s: batches held oddly", occasion).isEqualTo(0);
    assertThat(see(ODD_TRIALS)).as("%s: rows oddly on trial", occasion).isEqualTo(0);
    assertThat(see(MISSAMPLED.formatted(holdAfter))).as("%s: samples", occasion).isNull();
    assertThat(see(OVERDUE_HOLDS.formatted(holdAfter))).as("%s: not held", occasion).isNull();
  }

  private Object see(String sql) {
    return see.apply(sql);
  }
}
