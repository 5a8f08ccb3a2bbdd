/** How fast and how safely a fleet answers; printed by {@code ./ndoe bench devices}. */
package ndoe.devices.benchmark;
