package ndoe.devices.modbus;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterResponse;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ndoe.devices.DeviceLinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Modbus TCP server for one unit: functions 3, 6 and 16, whole writes only, one thread for each
 * of at most {@value #MAX_CLIENTS} clients.
 */
public final class ModbusServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModbusServer.class);
  private static final int MAX_CLIENTS = 8;
  private static final int HEADER_BYTES = 8;
  private static final short MODBUS_PROTOCOL = 0;
  private static final int NO_TIMEOUT = 0;
  private static final long JOIN_MILLIS = 2_000;

  private final ServerSocket listener;
  private final int unitId;
  private final RegisterBank bank;
  private final FrameFilter filter;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private ModbusServer(ServerSocket listener, int unitId, RegisterBank bank, FrameFilter filter) {
    this.listener = listener;
    this.unitId = unitId;
    this.bank = bank;
    this.filter = filter;
  }

  /**
   * Serves on the loopback interface.
   *
   * @param port 0 to let the system choose
   */
  public static ModbusServer start(int port, int unitId, RegisterBank bank) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), unitId, bank);
  }

  /** Serves on a given interface; Modbus has no authentication, so keep it to an isolated one. */
  public static ModbusServer start(InetSocketAddress where, int unitId, RegisterBank bank) {
    return start(where, unitId, bank, FrameFilter.NONE);
  }

  /** The same, with answers that may be spoilt on their way. */
  public static ModbusServer start(
      InetSocketAddress where, int unitId, RegisterBank bank, FrameFilter filter) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(where);
      ModbusServer server = new ModbusServer(listener, unitId, bank, filter);
      server.spawn("modbus-accept-" + listener.getLocalPort(), server::accept);
      return server;
    } catch (IOException e) {
      throw new DeviceLinkException("cannot serve Modbus on " + where + ": " + e.getMessage(), e);
    }
  }

  /** Where clients reach it. */
  public ModbusAddress address() {
    return new ModbusAddress(
        listener.getInetAddress().getHostAddress(), listener.getLocalPort(), unitId);
  }

  /** Ends all connections and threads; the port is free afterwards. */
  @Override
  public void close() {
    closeQuietly(listener);
    clients.forEach(ModbusServer::closeQuietly);
    try {
      for (Thread thread : threads) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void spawn(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        if (listener.isClosed() || clients.size() > MAX_CLIENTS) {
          drop(client);
        } else {
          client.setTcpNoDelay(true);
          spawn("modbus-" + client.getLocalPort() + "-" + client.getPort(), () -> serve(client));
        }
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.warn("Modbus port {}: a client was lost: {}", listener.getLocalPort(), e.toString());
        }
      }
    }
  }

  private void serve(Socket client) {
    try {
      ModbusTCPTransport transport = new ModbusTCPTransport(client);
      transport.setTimeout(NO_TIMEOUT);
      boolean buried = false;
      while (!client.isClosed()) {
        ModbusRequest request = transport.readRequest(null);
        buried |= filter.buries();
        if (!buried) {
          client.getOutputStream().write(filter.filter(frame(answer(request))));
        }
      }
    } catch (IOException | ModbusIOException | RuntimeException e) {
      LOG.debug("Modbus client {} ended: {}", client.getRemoteSocketAddress(), e.toString());
    } finally {
      drop(client);
    }
  }

  private static byte[] frame(ModbusResponse response) {
    byte[] content = response.getMessage();
    return ByteBuffer.allocate(HEADER_BYTES + content.length)
        .putShort((short) response.getTransactionID())
        .putShort(MODBUS_PROTOCOL)
        .putShort((short) (content.length + 2))
        .put((byte) response.getUnitID())
        .put((byte) response.getFunctionCode())
        .put(content)
        .array();
  }

  private ModbusResponse answer(ModbusRequest request) {
    try {
      if (request.getUnitID() != unitId) {
        throw refuse(ModbusRefusal.GATEWAY_TARGET_FAILED_TO_RESPOND);
      }
      synchronized (bank) {
        if (request instanceof ReadMultipleRegistersRequest read) {
          return read(read);
        }
        if (request instanceof WriteMultipleRegistersRequest write) {
          return write(write);
        }
        if (request instanceof WriteSingleRegisterRequest single) {
          return write(single);
        }
      }
      throw refuse(ModbusRefusal.ILLEGAL_FUNCTION);
    } catch (ModbusRefusedException e) {
      return request.createExceptionResponse(e.refusal().code());
    } catch (RuntimeException e) {
      LOG.error("Modbus port {}: {} failed", listener.getLocalPort(), request.getHexMessage(), e);
      return request.createExceptionResponse(ModbusRefusal.SERVER_DEVICE_FAILURE.code());
    }
  }

  private ModbusResponse read(ReadMultipleRegistersRequest request) throws ModbusRefusedException {
    check(request.getReference(), request.getWordCount(), ModbusLink.MAX_READ);
    int[] values = bank.read(request.getReference(), request.getWordCount());
    ReadMultipleRegistersResponse response = (ReadMultipleRegistersResponse) request.getResponse();
    response.setRegisters(
        Arrays.stream(values).mapToObj(SimpleRegister::new).toArray(Register[]::new));
    return response;
  }

  private ModbusResponse write(WriteMultipleRegistersRequest request)
      throws ModbusRefusedException {
    check(request.getReference(), request.getWordCount(), ModbusLink.MAX_WRITE);
    int[] values = new int[request.getWordCount()];
    Arrays.setAll(values, request::getRegisterValue);
    bank.write(request.getReference(), values);
    WriteMultipleRegistersResponse response =
        (WriteMultipleRegistersResponse) request.getResponse();
    response.setReference(request.getReference());
    response.setWordCount(values.length);
    return response;
  }

  private ModbusResponse write(WriteSingleRegisterRequest request) throws ModbusRefusedException {
    int value = request.getRegister().toUnsignedShort();
    bank.write(request.getReference(), new int[] {value});
    ModbusResponse response = new WriteSingleRegisterResponse(request.getReference(), value);
    response.setTransactionID(request.getTransactionID());
    response.setUnitID(request.getUnitID());
    return response;
  }

  private static void check(int start, int count, int most) throws ModbusRefusedException {
    if (count < 1 || count > most) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_VALUE);
    }
    if (start + count > 65_536) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_ADDRESS);
    }
  }

  private static ModbusRefusedException refuse(ModbusRefusal refusal) {
    return new ModbusRefusedException(refusal, "request");
  }

  private void drop(Socket client) {
    closeQuietly(client);
    clients.remove(client);
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception alreadyGone) {
      // closing twice is no fault
    }
  }
}
