package ndoe.controller.journal;

/**
 * What a negotiation while the run goes on was begun with, so that a resumed run can begin it
 * again.
 *
 * @param from first interval of the run it is about, counted from 0
 * @param knowledge of storages and forecasts, as JSON; each part private to its party
 */
public record RenewalStartRow(int from, String knowledge) {}
