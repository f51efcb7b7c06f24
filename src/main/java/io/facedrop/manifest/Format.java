package io.facedrop.manifest;

/** What a manifest's lines are. */
public enum Format {
  /** A header row, then one row a record; delimited by comma, semicolon or tab. */
  CSV,
  /** One URL per line; lines that start with {@code #} are comments. */
  TXT,
  /** One JSON object a line. */
  JSONL
}
