/**
 * A server that gives the API's constant answers after a given time and counts what arrives; {@link
 * io.facedrop.bench.endpoint.Endpoint} starts it, {@link io.facedrop.bench.endpoint.RawClient}
 * finds out how fast it is.
 */
package io.facedrop.bench.endpoint;
