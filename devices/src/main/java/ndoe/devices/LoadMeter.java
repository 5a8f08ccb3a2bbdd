package ndoe.devices;

/** A meter on consumption that nobody controls; measures negative power. */
public non-sealed interface LoadMeter extends Device {}
