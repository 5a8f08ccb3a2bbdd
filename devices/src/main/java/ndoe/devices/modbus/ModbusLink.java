package ndoe.devices.modbus;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;

/**
 * A strict Modbus TCP client for one device, owned by one thread.
 *
 * <p>Each request is sent once. Whatever is not exactly its answer within the deadline closes the
 * connection and throws {@link DeviceLinkException}; the next call connects again. A refusal by the
 * device keeps the connection.
 */
public final class ModbusLink implements RegisterLink {

  /** Registers one request may read. */
  public static final int MAX_READ = 125;

  /** Registers one request may write. */
  public static final int MAX_WRITE = 123;

  private static final int EXCEPTION_FLAG = 0x80;
  private static final int TRANSACTION_IDS = 0x10000;

  private final ModbusAddress address;
  private final ModbusTimings timings;
  private DeadlineSocket socket;
  private ModbusTCPTransport transport;
  private int transactionId;
  private int connections;
  private long lastAnswerNanos;

  public ModbusLink(ModbusAddress address, ModbusTimings timings) {
    this.address = address;
    this.timings = timings;
  }

  @Override
  public ModbusAddress address() {
    return address;
  }

  @Override
  public int connect() {
    if (transport == null) {
      open();
    }
    return connections;
  }

  /** Reads 1 to {@value #MAX_READ} holding registers (function 3) as 0 to 65535. */
  @Override
  public int[] read(int start, int count) throws ModbusRefusedException {
    checkRange(start, count, MAX_READ);
    String what = "reading " + count + " registers at " + start;
    ModbusResponse answer = exchange(new ReadMultipleRegistersRequest(start, count), what);
    if (!(answer instanceof ReadMultipleRegistersResponse registers)
        || registers.getByteCount() != 2 * count) {
      throw broken(what, "the answer has another length", null);
    }
    int[] values = new int[count];
    Arrays.setAll(values, registers::getRegisterValue);
    return values;
  }

  /** Writes 1 to {@value #MAX_WRITE} holding registers in one request (function 16). */
  public void write(int start, int... values) throws ModbusRefusedException {
    checkRange(start, values.length, MAX_WRITE);
    String what = "writing " + values.length + " registers at " + start;
    Register[] registers =
        Arrays.stream(values).mapToObj(SimpleRegister::new).toArray(Register[]::new);
    ModbusResponse answer = exchange(new WriteMultipleRegistersRequest(start, registers), what);
    if (!(answer instanceof WriteMultipleRegistersResponse echo)
        || echo.getReference() != start
        || echo.getWordCount() != values.length) {
      throw broken(what, "the answer confirms another write", null);
    }
  }

  @Override
  public void close() {
    transport = null;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        // nothing was left to lose
      }
      socket = null;
    }
  }

  private ModbusResponse exchange(ModbusRequest request, String what)
      throws ModbusRefusedException {
    connect();
    keepGap();
    transactionId = (transactionId + 1) % TRANSACTION_IDS;
    request.setTransactionID(transactionId);
    request.setUnitID(address.unitId());
    socket.allow(timings.answer().toNanos());
    ModbusResponse answer;
    try {
      transport.writeRequest(request);
      answer = transport.readResponse();
    } catch (ModbusIOException | RuntimeException e) {
      throw broken(what, "no complete answer within " + timings.answer().toMillis() + " ms", e);
    }
    lastAnswerNanos = System.nanoTime();
    checkHeader(request, answer, what);
    if (answer instanceof ExceptionResponse refusal) {
      throw new ModbusRefusedException(
          ModbusRefusal.of(refusal.getExceptionCode()), address + ": " + what);
    }
    return answer;
  }

  private void checkHeader(ModbusRequest request, ModbusResponse answer, String what) {
    if (answer.getTransactionID() != request.getTransactionID()) {
      throw broken(what, "the answer belongs to another request", null);
    }
    if (answer.getProtocolID() != 0) {
      throw broken(what, "the answer is not Modbus", null);
    }
    if (answer.getUnitID() != address.unitId()) {
      throw broken(what, "unit " + answer.getUnitID() + " answered", null);
    }
    int function = request.getFunctionCode();
    boolean refusal = answer.getFunctionCode() == (function | EXCEPTION_FLAG);
    if (answer.getFunctionCode() != function && !refusal) {
      throw broken(what, "function " + answer.getFunctionCode() + " was answered", null);
    }
  }

  private void open() {
    DeadlineSocket fresh = new DeadlineSocket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.connect(
          new InetSocketAddress(address.host(), address.port()),
          Math.toIntExact(timings.connect().toMillis()));
      transport = new ModbusTCPTransport(fresh);
      socket = fresh;
      connections++;
    } catch (IOException | RuntimeException e) {
      closeQuietly(fresh);
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new DeviceLinkException(
          address + " cannot be reached: " + reason + "; check host, port, cabling and power", e);
    }
  }

  private static void closeQuietly(DeadlineSocket fresh) {
    try {
      fresh.close();
    } catch (IOException alreadyGone) {
      // it never was of use
    }
  }

  private void keepGap() {
    long left = lastAnswerNanos + timings.gap().toNanos() - System.nanoTime();
    if (left > 0 && lastAnswerNanos != 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DeviceLinkException(address + ": interrupted before the request was sent", e);
      }
    }
  }

  private DeviceLinkException broken(String what, String why, Exception cause) {
    close();
    return new DeviceLinkException(address + ": " + what + " failed: " + why, cause);
  }

  private static void checkRange(int start, int count, int most) {
    if (count < 1 || count > most || start < 0 || start + count > 65_536) {
      throw new IllegalArgumentException(
          "1 to " + most + " registers within 0 to 65535, not " + count + " at " + start);
    }
  }
}
