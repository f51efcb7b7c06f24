/**
 * What people would use instead, each a program of its own that reads the manifest, POSTs each row
 * with the key, parses the answer, branches on its code and writes two outputs.
 */
package io.facedrop.bench.contender;
