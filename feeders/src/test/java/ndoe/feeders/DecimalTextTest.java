package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTextTest {
  private static double plain(String text) {
    char[] buffer = ("x" + text + "9").toCharArray();
    return DecimalText.plain(buffer, 1, text.length());
  }

  @Test
  void readsPlainDecimalsExactlyAsTheLibraryDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int decimals = random.nextInt(9);
      String text = String.format(Locale.ROOT, "%." + decimals + "f", random.nextDouble() * 1000);
      assertEquals(Double.parseDouble(text), plain(text), text);
    }
    assertEquals(0.5, plain(".5"));
    assertEquals(5, plain("5."));
    assertEquals(999_999_999_999_999.0, plain("999999999999999"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "-1", "+1", "1e3", "1.2.3", "0x1", "NaN", " 1", "1 ", "1234567890123456"})
  void leavesEverythingElseToTheLibrary(String text) {
    assertTrue(Double.isNaN(plain(text)), text);
  }
}
