"""A prosumer outside NDOE: PV that never feeds in more than its envelope allows.

At the beginning of each step it takes the export limit the operator last published and tells the twin
its net import. Until there is a limit it feeds in nothing.
"""

import argparse
import csv
import math

import helics as h


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broker", required=True, help="HOST:PORT")
    parser.add_argument("--core", default="zmq")
    parser.add_argument("--feeder", default="ieee33")
    parser.add_argument("--prosumer", default="P18")
    parser.add_argument("--load-kw", type=float, default=120)
    parser.add_argument("--pv-kw", type=float, default=700, help="peak, at noon")
    parser.add_argument("--step", type=float, default=3600, help="seconds")
    parser.add_argument("--duration", type=float, default=86400, help="seconds")
    parser.add_argument("--csv", help="where to write what it did")
    return parser.parse_args()


def join(options, name):
    info = h.helicsCreateFederateInfo()
    h.helicsFederateInfoSetCoreTypeFromString(info, options.core)
    h.helicsFederateInfoSetCoreInitString(
        info, f"--broker_address={options.broker} --useosport")
    h.helicsFederateInfoSetTimeProperty(info, h.HELICS_PROPERTY_TIME_PERIOD, options.step)
    h.helicsFederateInfoSetFlagOption(info, h.HELICS_FLAG_UNINTERRUPTIBLE, True)
    return h.helicsCreateValueFederate(name, info)


def main():
    options = arguments()
    federate = join(options, f"prosumer-{options.prosumer}")
    mine = f"{options.feeder}/prosumer/{options.prosumer}"
    net_import = h.helicsFederateRegisterGlobalPublication(
        federate, f"{mine}/net_import_kw", h.HELICS_DATA_TYPE_DOUBLE, "kW")
    export_limit = h.helicsFederateRegisterSubscription(federate, f"{mine}/export_limit_kw", "kW")
    h.helicsInputSetDefaultDouble(export_limit, 0.0)
    voltage = h.helicsFederateRegisterSubscription(
        federate, f"{options.feeder}/connection_point/{options.prosumer}/voltage_pu", "pu")
    h.helicsInputSetDefaultDouble(voltage, math.nan)
    h.helicsFederateEnterExecutingMode(federate)

    rows = []
    time = 0.0
    while time < options.duration:
        hour = time / 3600 % 24
        available_kw = options.pv_kw * max(0.0, math.sin(math.pi * (hour - 6) / 12))
        limit_kw = h.helicsInputGetDouble(export_limit)
        net_kw = max(options.load_kw - available_kw, -limit_kw)
        h.helicsPublicationPublishDouble(net_import, net_kw)
        rows.append([time, available_kw, limit_kw, net_kw, h.helicsInputGetDouble(voltage)])
        time = h.helicsFederateRequestTime(federate, time + options.step)

    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ["time_s", "available_kw", "export_limit_kw", "net_import_kw", "voltage_pu"])
            writer.writerows(rows)
    h.helicsFederateDisconnect(federate)
    h.helicsCloseLibrary()


if __name__ == "__main__":
    main()
