package ndoe.feeders;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One row of a profile file, as far as it is needed: of a year of many columns most are not, and
 * making text of every field would take most of the time.
 */
final class ProfileRow {
  private final int line;
  private final int fields;
  private final String time;
  private final String[] texts;
  private final double[] values;

  private ProfileRow(int line, int fields, String time, String[] texts, double[] values) {
    this.line = line;
    this.fields = fields;
    this.time = time;
    this.texts = texts;
    this.values = values;
  }

  /** Where it begins, counted from 1. */
  int line() {
    return line;
  }

  /** Number of fields. */
  int fields() {
    return fields;
  }

  /** Its first field. */
  String time() {
    return time;
  }

  /** A wanted field, counted in the order of the file; null where {@link #value} says it all. */
  String text(int wanted) {
    return texts[wanted];
  }

  /** The number a wanted field says, if it is a plain decimal. */
  double value(int wanted) {
    return values[wanted];
  }

  /** Makes rows of what a CSV reader finds; the first is the header and is kept whole. */
  static final class Handler extends AbstractBaseCsvCallbackHandler<ProfileRow> {
    private final Set<String> wanted;
    private final List<String> header = new ArrayList<>();
    private int[] slotOfField = {};
    private int slots;
    private boolean headerRead;
    private String time = "";
    private String[] texts = {};
    private double[] values = {};

    Handler(Set<String> wanted) {
      this.wanted = wanted;
    }

    List<String> header() {
      return header;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      if (headerRead) {
        texts = new String[slots];
        values = new double[slots];
        // A short row leaves its last fields empty, not zero.
        Arrays.fill(texts, "");
      }
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
      if (!headerRead) {
        header.add(new String(buffer, offset, length));
      } else if (field == 0) {
        time = new String(buffer, offset, length);
      } else if (field < slotOfField.length && slotOfField[field] >= 0) {
        int slot = slotOfField[field];
        double value = DecimalText.plain(buffer, offset, length);
        values[slot] = value;
        texts[slot] = Double.isNaN(value) ? new String(buffer, offset, length) : null;
      }
    }

    @Override
    protected ProfileRow buildRecord() {
      int line = (int) getStartingLineNumber();
      if (!headerRead) {
        headerRead = true;
        slotOfField = new int[header.size()];
        for (int field = 0; field < slotOfField.length; field++) {
          boolean kept = field > 0 && wanted.contains(header.get(field));
          slotOfField[field] = kept ? slots++ : -1;
        }
      }
      return new ProfileRow(line, getFieldCount(), time, texts, values);
    }
  }
}
