package ndoe.controller.dso;

/**
 * What one more kWh of a limit is worth to the operator not to give, in parts (method, section 9);
 * currency per kWh of limit.
 *
 * @param voltage held back by voltage limits, ≥ 0
 * @param thermal held back by line ratings, ≥ 0
 * @param freedom less its own marginal value
 * @param connection held back by the connection’s capacity, by its default envelope or by the plan
 */
public record EnvelopePrice(double voltage, double thermal, double freedom, double connection) {
  public double total() {
    return voltage + thermal + freedom + connection;
  }
}
