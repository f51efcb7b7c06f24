/**
 * Decides when a request may leave: the pace, pauses, halts and outages; enter through {@link
 * io.facedrop.api.gate.Gate}.
 */
package io.facedrop.api.gate;
