package ndoe.controller.loop;

import ndoe.devices.Device;
import ndoe.devices.fleet.Role;

/** A device of a prosumer and what it is there for. */
record SiteDevice(Role role, Device device) {}
