package io.facedrop.publish.page;

import io.facedrop.publish.report.BatchReport;

/** A report as one HTML file that needs nothing else, and no script. */
public final class ReportPage {
  private static final HtmlTemplate TEMPLATE = HtmlTemplate.beside(ReportPage.class, "report.html");

  private final BatchReport report;

  public ReportPage(BatchReport report) {
    this.report = report;
  }

  public String html() {
    return TEMPLATE.html(new PageText(report).page());
  }
}
