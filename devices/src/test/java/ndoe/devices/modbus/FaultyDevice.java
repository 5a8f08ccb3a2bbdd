package ndoe.devices.modbus;

import static ndoe.devices.modbus.MisbehavingServer.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ndoe.devices.modbus.MisbehavingServer.Request;
import ndoe.devices.sunspec.ModelImage;

/**
 * A device whose registers are right and which answers one request of a test’s choice wrongly: one
 * of models 701, 702, 704 and 713, or an older one of 103, 120, 121, 123 and 124.
 */
final class FaultyDevice implements AutoCloseable {
  static final int BASE = 40_000;
  private static final int READ = 3;
  private static final int WRITE = 16;
  private static final Duration DRIP = Duration.ofMillis(100);

  /** The rows of the fault table. */
  enum Fault {
    LATE,
    SILENT,
    CLOSED,
    RESET,
    WRONG_TRANSACTION_ID,
    WRONG_UNIT_ID,
    WRONG_PROTOCOL_ID,
    OTHER_FUNCTION,
    SHORT_ANSWER,
    OTHER_ADDRESS,
    TRUNCATED,
    DRIP_FED,
    EXCEPTION_2,
    EXCEPTION_4,
    EXCEPTION_6;

    /** Whether the device refuses in good order. */
    boolean refuses() {
      return this == EXCEPTION_2 || this == EXCEPTION_4 || this == EXCEPTION_6;
    }

    private int code() {
      return name().charAt(name().length() - 1) - '0';
    }
  }

  /** Which request a fault is kept for. */
  enum Moment {
    /** The first that reads the measurements. */
    MEASUREMENT,
    /** The first that reads the control, before anything is written. */
    CONTROL,
    /** The write. */
    WRITING,
    /** The first read after the write. */
    READ_BACK
  }

  private final int[] registers;
  private final int measurementAt;
  private final Map<Integer, Integer> starts = new HashMap<>();
  private final Set<Integer> controlsAt;
  private final List<Request> writes = new ArrayList<>();
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private final MisbehavingServer server;
  private Fault fault;
  private Predicate<Request> when = request -> false;

  private FaultyDevice(List<ModelImage> images, int measurement, Set<Integer> controls)
      throws IOException {
    int[] all = new int[1_000];
    all[0] = 0x5375;
    all[1] = 0x6E53;
    int at = 2;
    for (ModelImage image : images) {
      starts.put(image.id(), BASE + at);
      System.arraycopy(image.registers(0, image.size()), 0, all, at, image.size());
      at += image.size();
    }
    all[at] = 0xFFFF;
    registers = Arrays.copyOf(all, at + 2);
    measurementAt = starts.get(measurement);
    controlsAt = controls.stream().map(starts::get).collect(Collectors.toSet());
    server = new MisbehavingServer(this::answer);
  }

  static FaultyDevice sevenHundred() throws IOException {
    return new FaultyDevice(images(), 701, Set.of(704));
  }

  static FaultyDevice oneHundred() throws IOException {
    return new FaultyDevice(olderImages(), 103, Set.of(123, 124));
  }

  ModbusAddress address() {
    return server.address();
  }

  /** Makes the next request of that kind go wrong, once. */
  synchronized void fail(Fault how, Moment moment) {
    fault = how;
    int before = writes.size();
    when =
        switch (moment) {
          case MEASUREMENT -> request -> request.start() == measurementAt;
          case CONTROL ->
              request -> request.function() == READ && controlsAt.contains(request.start());
          case WRITING -> request -> request.function() == WRITE;
          case READ_BACK -> request -> request.function() == READ && writes.size() > before;
        };
  }

  /** Whether the fault that was asked for came to pass. */
  synchronized boolean failed() {
    return fault == null;
  }

  /** Lets a late answer go out. */
  void release() {
    gaveUp.countDown();
  }

  synchronized int writes() {
    return writes.size();
  }

  /** Whether no write after the first so many came twice. */
  synchronized boolean sentOnce(int after) {
    List<String> told =
        writes.subList(after, writes.size()).stream()
            .map(write -> write.start() + " " + write.values())
            .toList();
    return Set.copyOf(told).size() == told.size();
  }

  /** Register of a model counted from its ID. */
  synchronized int register(int model, int offset) {
    return registers[starts.get(model) - BASE + offset];
  }

  @Override
  public void close() throws IOException {
    gaveUp.countDown();
    server.close();
  }

  private void answer(Request request, Socket client, OutputStream out)
      throws IOException, InterruptedException {
    Fault now;
    byte[] truth;
    synchronized (this) {
      now = when.test(request) ? fault : null;
      if (now != null) {
        when = later -> false;
        fault = null;
      }
      truth = now != null && now.refuses() ? refusal(request, now) : truth(request);
    }
    if (now == null || now.refuses()) {
      out.write(truth);
    } else {
      misbehave(now, request, truth, client, out);
    }
  }

  private void misbehave(Fault now, Request request, byte[] truth, Socket client, OutputStream out)
      throws IOException, InterruptedException {
    switch (now) {
      case LATE -> {
        gaveUp.await();
        out.write(truth);
      }
      case SILENT -> {}
      case CLOSED -> client.close();
      case RESET -> {
        client.setSoLinger(true, 0);
        client.close();
      }
      case WRONG_TRANSACTION_ID -> out.write(with(truth, 1, truth[1] + 1));
      case WRONG_PROTOCOL_ID -> out.write(with(truth, 3, 7));
      case WRONG_UNIT_ID -> out.write(with(truth, 6, 2));
      case OTHER_FUNCTION -> out.write(with(truth, 7, 4));
      case SHORT_ANSWER -> out.write(shortened(request, truth));
      case OTHER_ADDRESS -> out.write(displaced(request, truth));
      case TRUNCATED -> out.write(truth, 0, truth.length - 1);
      case DRIP_FED -> {
        for (byte single : truth) {
          out.write(single);
          gaveUp.await(DRIP.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      default -> throw new IllegalStateException(now.name());
    }
  }

  private byte[] truth(Request request) {
    int from = request.start() - BASE;
    boolean absent = from < 0 || from + request.count() > registers.length;
    if (absent) {
      return refusal(request, Fault.EXCEPTION_2);
    }
    if (request.function() == WRITE) {
      writes.add(request);
      for (int i = 0; i < request.count(); i++) {
        registers[from + i] = request.values().get(i);
      }
      return request.goodAnswer();
    }
    byte[] data = new byte[1 + 2 * request.count()];
    data[0] = (byte) (2 * request.count());
    for (int i = 0; i < request.count(); i++) {
      data[1 + 2 * i] = (byte) (registers[from + i] >> 8);
      data[2 + 2 * i] = (byte) registers[from + i];
    }
    return frame(request.transactionId(), 0, request.unit(), READ, data);
  }

  private static byte[] refusal(Request request, Fault how) {
    byte[] code = {(byte) how.code()};
    return frame(request.transactionId(), 0, request.unit(), request.function() | 0x80, code);
  }

  /** One register fewer than was asked for, in a frame that is whole. */
  private static byte[] shortened(Request request, byte[] truth) {
    byte[] data = Arrays.copyOfRange(truth, 8, truth.length - 2);
    if (request.function() == READ) {
      data[0] -= 2;
    }
    return frame(request.transactionId(), 0, request.unit(), request.function(), data);
  }

  /** Confirms a write elsewhere; a read has no address to get wrong and gets one register more. */
  private static byte[] displaced(Request request, byte[] truth) {
    if (request.function() == WRITE) {
      return with(truth, 9, truth[9] + 1);
    }
    byte[] data = Arrays.copyOfRange(truth, 8, truth.length + 2);
    data[0] += 2;
    return frame(request.transactionId(), 0, request.unit(), READ, data);
  }

  private static byte[] with(byte[] frame, int at, int value) {
    byte[] changed = frame.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static List<ModelImage> images() {
    ModelImage common = ModelImage.blank(1).putText("Mn", "Faulty");
    ModelImage measurement = ModelImage.blank(701).putRaw("W_SF", 1).putRaw("W", 437);
    ModelImage capacity =
        ModelImage.blank(702)
            .putRaw("W_SF", 0)
            .putRaw("WMax", 10_000)
            .putRaw("WChaRteMax", 9_000)
            .putRaw("WDisChaRteMax", 8_000);
    ModelImage control =
        ModelImage.blank(704)
            .putRaw("WMaxLimPct_SF", -2)
            .putRaw("WMaxLimPctEna", 0)
            .putRaw("WMaxLimPct", 10_000)
            .putRaw("WMaxLimPctRvrt", 10_000)
            .putRaw("WMaxLimPctEnaRvrt", 0)
            .putRaw("WMaxLimPctRvrtTms", 0)
            .putRaw("WSet_SF", 0)
            .putRaw("WSetEna", 0)
            .putRaw("WSetMod", 1)
            .putRaw("WSet", 0)
            .putRaw("WSetRvrt", 0)
            .putRaw("WSetEnaRvrt", 0)
            .putRaw("WSetRvrtTms", 0);
    ModelImage storage = ModelImage.blank(713).putRaw("Pct_SF", 0).putRaw("SoC", 55);
    return List.of(common, measurement, capacity, control, storage);
  }

  private static List<ModelImage> olderImages() {
    ModelImage measurement = ModelImage.blank(103).putRaw("W_SF", 1).putRaw("W", 437);
    ModelImage nameplate =
        ModelImage.blank(120)
            .putRaw("WRtg_SF", 0)
            .putRaw("WRtg", 10_000)
            .putRaw("MaxChaRte_SF", 0)
            .putRaw("MaxChaRte", 9_000)
            .putRaw("MaxDisChaRte_SF", 0)
            .putRaw("MaxDisChaRte", 8_000);
    ModelImage settings = ModelImage.blank(121).putRaw("WMax_SF", 0).putRaw("WMax", 10_000);
    ModelImage control =
        ModelImage.blank(123)
            .putRaw("WMaxLimPct_SF", -2)
            .putRaw("WMaxLimPct", 10_000)
            .putRaw("WMaxLimPct_RvrtTms", 0)
            .putRaw("WMaxLim_Ena", 0);
    ModelImage storage =
        ModelImage.blank(124)
            .putRaw("WChaMax_SF", 0)
            .putRaw("WChaMax", 10_000)
            .putRaw("StorCtl_Mod", 0)
            .putRaw("InOutWRte_SF", -2)
            .putRaw("OutWRte", 10_000)
            .putRaw("InWRte", 10_000)
            .putRaw("InOutWRte_RvrtTms", 0)
            .putRaw("ChaState_SF", 0)
            .putRaw("ChaState", 55);
    return List.of(
        ModelImage.blank(1).putText("Mn", "Faulty"),
        measurement,
        nameplate,
        settings,
        control,
        storage);
  }
}
