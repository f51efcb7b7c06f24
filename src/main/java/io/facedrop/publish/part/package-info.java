/** Parts: their columns, and their bytes, made while they are read. */
package io.facedrop.publish.part;
