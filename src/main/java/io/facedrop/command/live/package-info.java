/** How far the work is while it goes on: the live line of a terminal, and the lines of a log. */
package io.facedrop.command.live;
