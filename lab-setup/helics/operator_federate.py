"""A network operator outside NDOE: sets one prosumer's export limit from the voltages it sees.

It acts in the middle of each step: the twin has published that step's voltages by then, and the
prosumer and the twin both find the new limit at the beginning of the next.
"""

import argparse
import csv

import helics as h


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broker", required=True, help="HOST:PORT")
    parser.add_argument("--core", default="zmq")
    parser.add_argument("--feeder", default="ieee33")
    parser.add_argument("--prosumer", default="P18")
    parser.add_argument("--buses", required=True, help="to watch, separated by commas")
    parser.add_argument("--highest-pu", type=float, default=1.04, help="lowers the limit above it")
    parser.add_argument("--most-kw", type=float, default=500, help="largest export limit")
    parser.add_argument("--step", type=float, default=3600, help="seconds")
    parser.add_argument("--duration", type=float, default=86400, help="seconds")
    parser.add_argument("--csv", help="where to write what it saw")
    return parser.parse_args()


def join(options):
    info = h.helicsCreateFederateInfo()
    h.helicsFederateInfoSetCoreTypeFromString(info, options.core)
    h.helicsFederateInfoSetCoreInitString(
        info, f"--broker_address={options.broker} --useosport")
    h.helicsFederateInfoSetTimeProperty(info, h.HELICS_PROPERTY_TIME_PERIOD, options.step)
    h.helicsFederateInfoSetTimeProperty(info, h.HELICS_PROPERTY_TIME_OFFSET, options.step / 2)
    h.helicsFederateInfoSetFlagOption(info, h.HELICS_FLAG_UNINTERRUPTIBLE, True)
    return h.helicsCreateValueFederate("operator", info)


def main():
    options = arguments()
    federate = join(options)
    limit = h.helicsFederateRegisterGlobalPublication(
        federate, f"{options.feeder}/prosumer/{options.prosumer}/export_limit_kw",
        h.HELICS_DATA_TYPE_DOUBLE, "kW")
    buses = options.buses.split(",")
    voltages = [
        h.helicsFederateRegisterSubscription(federate, f"{options.feeder}/bus/{bus}/voltage_pu", "pu")
        for bus in buses]
    h.helicsFederateEnterExecutingMode(federate)

    rows = []
    limit_kw = options.most_kw
    time = h.helicsFederateRequestTime(federate, options.step / 2)
    while time < options.duration:
        fresh = all(h.helicsInputIsUpdated(voltage) for voltage in voltages)
        seen = [h.helicsInputGetDouble(voltage) for voltage in voltages]
        factor = 0.7 if max(seen) > options.highest_pu else 1.2
        limit_kw = min(options.most_kw, factor * limit_kw)
        h.helicsPublicationPublishDouble(limit, limit_kw)
        rows.append([time, int(fresh), limit_kw, *seen])
        time = h.helicsFederateRequestTime(federate, time + options.step)

    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["time_s", "fresh", "export_limit_kw", *buses])
            writer.writerows(rows)
    h.helicsFederateDisconnect(federate)
    h.helicsCloseLibrary()


if __name__ == "__main__":
    main()
