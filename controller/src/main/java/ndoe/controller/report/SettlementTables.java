package ndoe.controller.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ndoe.controller.journal.PaymentRow;

/** Who pays whom, and what everybody is left with. */
final class SettlementTables {
  private static final String ALL = "all";

  private final List<PaymentRow> payments;
  private final String currency;

  SettlementTables(AgreementDay agreement, String currency) {
    payments = agreement.payments();
    this.currency = currency;
  }

  String html() {
    return "<p class=summary>Received less paid, in %s; the balances add up to %s.</p>\n"
            .formatted(Html.text(currency), money(sum()))
        + balances().html()
        + list().folded("All payments");
  }

  private BigDecimal sum() {
    return parties().stream()
        .map(party -> received(party, ALL))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Set<String> parties() {
    Set<String> parties = new TreeSet<>();
    payments.forEach(payment -> parties.addAll(List.of(payment.from(), payment.to())));
    return parties;
  }

  private BigDecimal received(String party, String purpose) {
    BigDecimal received = BigDecimal.ZERO;
    for (PaymentRow payment : payments) {
      if (purpose.equals(ALL) || purpose.equals(payment.purpose())) {
        if (payment.to().equals(party)) {
          received = received.add(payment.amount());
        }
        if (payment.from().equals(party)) {
          received = received.subtract(payment.amount());
        }
      }
    }
    return received;
  }

  private Table balances() {
    List<String> purposes = payments.stream().map(PaymentRow::purpose).distinct().sorted().toList();
    Table table = new Table("Balances, " + currency).words("party");
    purposes.forEach(purpose -> table.numbers(Words.spaced(purpose)));
    table.numbers("balance");
    List<String> columns = new ArrayList<>(purposes);
    columns.add(ALL);
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    for (String party : parties()) {
      List<String> cells = new ArrayList<>(List.of(party));
      for (String column : columns) {
        BigDecimal received = received(party, column);
        sums.merge(column, received, BigDecimal::add);
        cells.add(money(received));
      }
      table.row(cells.toArray(String[]::new));
    }
    List<String> last = new ArrayList<>(List.of("sum"));
    columns.forEach(column -> last.add(money(sums.get(column))));
    table.row(last.toArray(String[]::new));
    return table;
  }

  private Table list() {
    Table table = new Table("Payments").words("from").words("to").words("for").numbers(currency);
    payments.stream()
        .sorted(Comparator.comparing(PaymentRow::from).thenComparing(PaymentRow::to))
        .forEach(
            payment ->
                table.row(
                    payment.from(),
                    payment.to(),
                    Words.spaced(payment.purpose()),
                    money(payment.amount())));
    return table;
  }

  private static String money(BigDecimal amount) {
    return Figures.money(amount.doubleValue());
  }
}
