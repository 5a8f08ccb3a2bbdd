package ndoe.controller.operations;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a process says when it is asked how it is.
 *
 * @param problems what keeps it from keeping every device safe; none when it is well
 * @param missing what it still waits for before it does its work; none when it is ready
 */
public record Health(Supplier<List<String>> problems, Supplier<List<String>> missing) {}
