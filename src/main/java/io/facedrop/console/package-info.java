/**
 * What {@code serve} shows over HTTP: metrics, health, and the operator's pages. Start at {@link
 * io.facedrop.console.ConsoleServer}; the routes are in {@code console.camel.yaml} and {@code
 * operator-page.camel.yaml}.
 */
package io.facedrop.console;
