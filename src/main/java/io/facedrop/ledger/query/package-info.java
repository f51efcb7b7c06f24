/**
 * When to query tasks: learns from what queries find when tasks end. It has no clock, no thread and
 * no database; enter through {@link io.facedrop.ledger.query.QueryTimes}.
 */
package io.facedrop.ledger.query;
