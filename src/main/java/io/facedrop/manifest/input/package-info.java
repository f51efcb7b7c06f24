/** The bytes of a manifest: unpacked, counted, decoded and cut into lines. */
package io.facedrop.manifest.input;
