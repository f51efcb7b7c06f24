/**
 * Events for the operator, from the moment at which they happen to their delivery; start at {@link
 * io.facedrop.ledger.notice.NoticeBoard}.
 */
package io.facedrop.ledger.notice;
