/** What a report says of a batch: its sums, its faces and the course of time. */
package io.facedrop.publish.report;
