package ndoe.controller.negotiation;

import java.util.Map;
import ndoe.controller.dso.Operator;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.trading.Market;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;

/**
 * Where everybody stood when a negotiation ended, for the next one to go on from. Each part belongs
 * to its party alone; nobody else looks into it.
 */
record Standing(
    Horizon horizon,
    Operator operator,
    Map<ProsumerId, Prosumer> prosumers,
    Market market,
    AcFeedback feedback) {}
