/**
 * The Camel context of the routes and the beans that they name; start at {@link
 * io.facedrop.integration.Integration}.
 */
package io.facedrop.integration;
