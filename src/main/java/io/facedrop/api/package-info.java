/**
 * The face-detection API: its client, the reading of an answer ({@link
 * io.facedrop.api.answer.AnswerReader}) and the gate that every request passes ({@link
 * io.facedrop.api.gate.Gate}). Knows no other package.
 */
package io.facedrop.api;
