package ndoe.cosim.validation;

import java.util.List;
import ndoe.cosim.powerflow.GridState;

/**
 * The feeder at the extreme points of the joint envelopes, one state per interval; what the
 * operator’s corrective feedback starts from.
 *
 * @param atImport everybody at the import limit
 * @param atExport everybody at the export limit
 */
public record CornerStates(List<GridState> atImport, List<GridState> atExport) {
  public CornerStates {
    atImport = List.copyOf(atImport);
    atExport = List.copyOf(atExport);
  }
}
