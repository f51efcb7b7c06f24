/** The report as a page; start at {@link io.facedrop.publish.page.ReportPage}. */
package io.facedrop.publish.page;
