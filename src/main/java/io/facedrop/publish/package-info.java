/** Outputs of a batch; start at {@link io.facedrop.publish.OutputRenderer}. */
package io.facedrop.publish;
