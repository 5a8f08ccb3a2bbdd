package ndoe.controller.report;

import java.util.ArrayList;
import java.util.List;

/** An HTML table; all content is escaped here. */
public final class Table {
  /** Tables with more columns rather scroll than squeeze their words on a small screen. */
  private static final int MOST_NARROW_COLUMNS = 6;

  private final String caption;
  private final List<String> headings = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();
  private final StringBuilder rows = new StringBuilder();

  /** The caption is read out but not shown. */
  public Table(String caption) {
    this.caption = caption;
  }

  public Table words(String heading) {
    return column(heading, false);
  }

  public Table numbers(String heading) {
    return column(heading, true);
  }

  private Table column(String heading, boolean isNumeric) {
    headings.add(heading);
    numeric.add(isNumeric);
    return this;
  }

  public void row(String... cells) {
    rows.append("<tr>");
    for (int column = 0; column < cells.length; column++) {
      String tag = column == 0 ? "th scope=row" : "td";
      rows.append('<').append(tag).append(numeric.get(column) ? " class=n>" : ">");
      rows.append(Html.text(cells[column])).append("</").append(tag, 0, 2).append('>');
    }
    rows.append("</tr>\n");
  }

  public String html() {
    String look = headings.size() > MOST_NARROW_COLUMNS ? " class=wide" : "";
    StringBuilder html = new StringBuilder("<div class=scroll tabindex=0><table");
    html.append(look).append("><caption>");
    html.append(Html.text(caption)).append("</caption><thead><tr>");
    for (int column = 0; column < headings.size(); column++) {
      html.append(numeric.get(column) ? "<th scope=col class=n>" : "<th scope=col>");
      html.append(Html.text(headings.get(column))).append("</th>");
    }
    return html.append("</tr></thead>\n<tbody>")
        .append(rows)
        .append("</tbody></table></div>\n")
        .toString();
  }

  /** The table behind a line that opens it. */
  public String folded(String summary) {
    return "<details><summary>" + Html.text(summary) + "</summary>" + html() + "</details>\n";
  }
}
