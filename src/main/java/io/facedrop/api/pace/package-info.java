/** When the next request may leave: evenly, and where several nodes share a rate, by slots. */
package io.facedrop.api.pace;
