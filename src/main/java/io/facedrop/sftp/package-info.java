/**
 * Manifests on an SFTP server: picked up there, fetched, and set aside there when they are done;
 * start at the routes in {@code pick-up-sftp.camel.yaml}.
 */
package io.facedrop.sftp;
