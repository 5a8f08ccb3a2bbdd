package ndoe.controller.operations;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/** Memory, threads, open files and processor time of this process, by their usual names. */
final class ProcessMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry) {
    var memory = ManagementFactory.getMemoryMXBean();
    GaugeWithCallback.builder()
        .name("jvm_memory_used_bytes")
        .help("Memory in use.")
        .labelNames("area")
        .callback(
            gauge -> {
              gauge.call(memory.getHeapMemoryUsage().getUsed(), "heap");
              gauge.call(memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
            })
        .register(registry);
    gauge(
        registry,
        "jvm_memory_max_bytes",
        "Most the heap may grow to.",
        () -> memory.getHeapMemoryUsage().getMax());
    var threads = ManagementFactory.getThreadMXBean();
    gauge(registry, "jvm_threads_current", "Live threads.", threads::getThreadCount);
    var runtime = ManagementFactory.getRuntimeMXBean();
    gauge(
        registry,
        "process_start_time_seconds",
        "Start of the process since 1970.",
        () -> runtime.getStartTime() / MILLIS_PER_SECOND);
    counter(
        registry,
        "jvm_gc_collection_seconds",
        "Time spent on garbage.",
        () ->
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum()
                / MILLIS_PER_SECOND);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      gauge(
          registry,
          "process_open_fds",
          "Open file handles, sockets among them.",
          system::getOpenFileDescriptorCount);
      gauge(
          registry,
          "process_max_fds",
          "Most file handles allowed.",
          system::getMaxFileDescriptorCount);
      counter(
          registry,
          "process_cpu_seconds",
          "Processor time used.",
          () -> system.getProcessCpuTime() / NANOS_PER_SECOND);
    }
  }

  static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.getAsDouble()))
        .register(registry);
  }
}
