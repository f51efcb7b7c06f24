/**
 * The HTTP client: connections, proxies, certificates, and the last moment before a request leaves
 * ({@link io.facedrop.api.client.Departure}); enter through {@link
 * io.facedrop.api.client.ApiClient}.
 */
package io.facedrop.api.client;
