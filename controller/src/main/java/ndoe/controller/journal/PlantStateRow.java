package ndoe.controller.journal;

import ndoe.devices.DeviceId;
import ndoe.devices.emulator.PlantSnapshot;

/** What an emulated device’s physics stood at when a step was completed. */
public record PlantStateRow(DeviceId device, PlantSnapshot snapshot) {}
