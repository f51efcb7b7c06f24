/** What is counted and measured; start at {@link io.facedrop.console.metric.Metrics}. */
package io.facedrop.console.metric;
