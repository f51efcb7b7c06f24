/** The log as JSON; start at {@link io.facedrop.log.LogFormat}. */
package io.facedrop.log;
