/**
 * Events as others get them: what a message says, how a webhook is called, and what a failure says
 * without any secret. Their way from the ledger is the route deliver-events.
 */
package io.facedrop.event;
