/**
 * A server that keeps the API's contract over a real socket, for trying and testing without a key;
 * enter through {@link io.facedrop.sandbox.Sandbox#start}.
 */
package io.facedrop.sandbox;
