/** The commands, one a class; they alone print to the standard streams. */
package io.facedrop.command;
