package ndoe.controller.loop;

import java.time.Duration;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.DeviceFleet;

/**
 * What a day is run with, for those who watch over it or break it on purpose.
 *
 * @param devices all that are connected, behind their guards
 * @param bench the emulated ones among them, on their sockets
 * @param clock of the day
 * @param reversion how long a setpoint holds unless renewed
 * @param pace by which the day can be held
 */
public record Equipment(
    DeviceFleet devices,
    EmulatedBench bench,
    SimulatedClock clock,
    Duration reversion,
    PaceControl pace) {}
