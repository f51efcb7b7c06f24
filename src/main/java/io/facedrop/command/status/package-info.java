/** What {@code status} shows; the entry point is {@code StatusScreen}. */
package io.facedrop.command.status;
