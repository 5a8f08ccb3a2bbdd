package ndoe.controller.loop;

import ndoe.devices.Device;
import ndoe.devices.fleet.Role;

/**
 * A device of a prosumer and what it is there for.
 *
 * @param real whether it lives outside this process and moves in real time
 */
record SiteDevice(Role role, Device device, boolean real) {}
