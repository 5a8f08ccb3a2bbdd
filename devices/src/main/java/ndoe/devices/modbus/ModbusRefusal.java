package ndoe.devices.modbus;

/** Why a device refused a request: the exception codes of the Modbus application protocol. */
public enum ModbusRefusal {
  ILLEGAL_FUNCTION(1, "the function is not supported"),
  ILLEGAL_DATA_ADDRESS(2, "the address does not exist or is read-only"),
  ILLEGAL_DATA_VALUE(3, "the value is out of range"),
  SERVER_DEVICE_FAILURE(4, "the device failed while acting"),
  ACKNOWLEDGE(5, "the device is still acting"),
  SERVER_DEVICE_BUSY(6, "the device is busy"),
  NEGATIVE_ACKNOWLEDGE(7, "the device cannot act now"),
  MEMORY_PARITY_ERROR(8, "the device found its memory broken"),
  GATEWAY_PATH_UNAVAILABLE(10, "the gateway has no path to the unit"),
  GATEWAY_TARGET_FAILED_TO_RESPOND(11, "the unit does not answer the gateway"),
  UNKNOWN(0, "unknown exception code");

  private final int code;
  private final String meaning;

  ModbusRefusal(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  static ModbusRefusal of(int code) {
    for (ModbusRefusal refusal : values()) {
      if (refusal.code == code) {
        return refusal;
      }
    }
    return UNKNOWN;
  }

  int code() {
    return code;
  }

  /** Whether a refused write certainly changed nothing. */
  public boolean leavesDeviceUnchanged() {
    return switch (this) {
      case ILLEGAL_FUNCTION, ILLEGAL_DATA_ADDRESS, ILLEGAL_DATA_VALUE, SERVER_DEVICE_BUSY -> true;
      default -> false;
    };
  }

  String meaning() {
    return meaning;
  }
}
