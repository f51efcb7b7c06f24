/** Who gets in, and for how long: names, methods, tokens, connections. */
package io.facedrop.console.door;
