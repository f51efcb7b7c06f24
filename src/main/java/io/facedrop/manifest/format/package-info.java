/** Opens a manifest in any format, and writes its rows back as text of the same format. */
package io.facedrop.manifest.format;
