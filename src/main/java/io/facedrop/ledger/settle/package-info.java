/**
 * What answers do to rows: the rules, and their record in the ledger; enter through {@link
 * io.facedrop.ledger.settle.TransitionRules} and {@link io.facedrop.ledger.settle.Transitions}.
 */
package io.facedrop.ledger.settle;
