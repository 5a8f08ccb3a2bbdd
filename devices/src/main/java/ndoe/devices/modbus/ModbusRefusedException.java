package ndoe.devices.modbus;

/** A well-formed refusal by a device whose link is sound. */
public final class ModbusRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final ModbusRefusal refusal;

  public ModbusRefusedException(ModbusRefusal refusal, String request) {
    super(request + " refused: " + refusal.meaning() + " (Modbus exception " + refusal + ")");
    this.refusal = refusal;
  }

  public ModbusRefusal refusal() {
    return refusal;
  }
}
