package ndoe.controller.journal;

import java.time.LocalDateTime;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerId;

/**
 * One interval of one connection point; a line of {@code envelopes.csv}.
 *
 * @param importLimitKw most it may draw, kW, ≥ 0
 * @param exportLimitKw most it may feed in, kW, ≥ 0
 * @param plannedNetImportKw planned draw, kW, negative when feeding in
 */
public record EnvelopeRow(
    LocalDateTime intervalStart,
    ProsumerId prosumer,
    BusId bus,
    double importLimitKw,
    double exportLimitKw,
    double plannedNetImportKw) {}
