package ndoe.controller.dso;

/**
 * A limit of the linear network that no offer can keep, because passive load alone breaks it.
 *
 * @param by how much, squared per-unit voltage or MVA
 */
public record BrokenLimit(LimitKind kind, int interval, double by) {}
