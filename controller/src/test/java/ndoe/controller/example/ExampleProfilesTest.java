package ndoe.controller.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import ndoe.controller.ReferenceDay;
import org.junit.jupiter.api.Test;

/** The example's profiles are what its README says: hourly means of those of the reference day. */
class ExampleProfilesTest {
  private static final Map<String, String> COLUMNS =
      Map.of(
          "household", "h0_a_p",
          "business", "g1_a_p",
          "farm", "l0_a_p",
          "pv_1", "pv2",
          "pv_2", "pv5");
  private static final int QUARTERS = 4;

  private static List<NamedCsvRecord> rows(InputStream stream) throws IOException {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new ArrayList<>(reader.stream().toList());
    }
  }

  @Test
  void areHourlyMeansOfTheReferenceProfiles() throws IOException {
    Map<String, double[]> sums = new HashMap<>();
    var file = ReferenceDay.FILE.resolveSibling("profiles-2016-15min.csv.gz");
    for (NamedCsvRecord row : rows(new GZIPInputStream(Files.newInputStream(file)))) {
      double[] sum =
          sums.computeIfAbsent(
              row.getField("time").substring(0, 13), any -> new double[COLUMNS.size()]);
      int column = 0;
      for (String name : COLUMNS.values()) {
        sum[column++] += Double.parseDouble(row.getField(name));
      }
    }
    List<NamedCsvRecord> example = rows(ExampleStreet.class.getResourceAsStream("profiles.csv"));
    assertEquals(21 * 24, example.size());
    for (NamedCsvRecord row : example) {
      double[] sum = sums.get(row.getField("time").substring(0, 13));
      int column = 0;
      for (String name : COLUMNS.keySet()) {
        assertEquals(
            sum[column++] / QUARTERS,
            Double.parseDouble(row.getField(name)),
            0.51e-4,
            name + " at " + row.getField("time"));
      }
    }
  }
}
