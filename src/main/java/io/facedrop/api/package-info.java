/**
 * The face-detection API: its client, the reading of an answer ({@link
 * io.facedrop.api.answer.AnswerReader}), the gate that every request passes ({@link
 * io.facedrop.api.gate.Gate}) and its pace ({@link io.facedrop.api.pace.Pace}). Knows no other
 * package.
 */
package io.facedrop.api;
