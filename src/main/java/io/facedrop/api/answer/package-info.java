/**
 * Reads answers, also broken ones ({@link io.facedrop.api.answer.AnswerReader}), and records which
 * requests left for a row.
 */
package io.facedrop.api.answer;
