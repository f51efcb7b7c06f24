/** The files that a route has written: forced to the disk, and read back. */
package io.facedrop.publish.file;
