package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.0123456, 0.0123",
    "1, 1.00",
    "12.345, 12.3",
    "-58.75, −58.8",
    "999.6, 1000",
    "1234.5, 1230",
    "1234567, 1 230 000",
    "-98765, −98 800",
    "1e-7, ≈ 0",
    "NaN, –",
    "Infinity, –"
  })
  void showsThreeSignificantDigits(double value, String expected) {
    assertEquals(expected, Figures.three(value).replace('\u202f', ' '));
  }

  @Test
  void showsVoltagesWithTheDigitsThatMatter() {
    assertEquals("0.9131", Figures.perUnit(0.91309));
    assertEquals("1.0500", Figures.perUnit(1.05));
  }

  @Test
  void groupsCounts() {
    assertEquals("14 688", Figures.count(14_688).replace('\u202f', ' '));
    assertEquals("384", Figures.count(384));
  }
}
