/** What operators and reports are shown of the ledger: sums, histories and what happened. */
package io.facedrop.ledger.view;
