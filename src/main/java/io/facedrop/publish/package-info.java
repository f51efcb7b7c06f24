/** Part files and the completion report; start at {@link io.facedrop.publish.OutputRenderer}. */
package io.facedrop.publish;
