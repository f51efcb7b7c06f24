/**
 * What {@code serve} shows over HTTP: metrics and health, and later the operator's page. Start at
 * {@link io.facedrop.console.ConsoleServer}; the routes are in {@code console.camel.yaml}.
 */
package io.facedrop.console;
