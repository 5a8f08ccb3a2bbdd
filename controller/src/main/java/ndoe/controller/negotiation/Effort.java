package ndoe.controller.negotiation;

/**
 * What it took to agree.
 *
 * @param feedbackPasses comparisons with the AC network, the operator’s own included
 * @param rounds between operator and prosumers
 * @param cycles of trading
 * @param agreed whether every tolerance was reached; the last offers count otherwise
 * @param messages carried between the parties
 * @param payloadBytes numbers in them, 8 bytes each
 */
public record Effort(
    int feedbackPasses, int rounds, int cycles, boolean agreed, long messages, long payloadBytes) {}
