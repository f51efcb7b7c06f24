/**
 * What came back: the reading of an answer, however broken ({@link
 * io.facedrop.api.answer.AnswerReader}), and the trail of what left for a row.
 */
package io.facedrop.api.answer;
