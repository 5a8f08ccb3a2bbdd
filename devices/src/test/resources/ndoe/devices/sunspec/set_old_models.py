"""Charges a storage by SunSpec model 124 with pysunspec2, lets that expire, sets a curve of model 126.

usage: set_old_models.py HOST PORT UNIT
"""
import json
import sys
import time

import sunspec2.modbus.client as client
from sunspec2.modbus.modbus import ModbusClientException

host, port, unit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
device = client.SunSpecModbusClientDeviceTCP(slave_id=unit, ipaddr=host, ipport=port, timeout=5)
device.scan()

measurement = device.models[103][0]
storage = device.models[124][0]
volt_var = device.models[126][0]
battery = device.models[802][0]


def wait_until(condition, deadline_s=15):
    end = time.monotonic() + deadline_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("condition not met")
        time.sleep(0.05)


def refusal(action):
    try:
        action()
    except ModbusClientException as error:
        return str(error)
    return "accepted"


result = {
    "models": [key for key in device.models if isinstance(key, int)],
    "errors": "".join(m.error_info for key in device.models if isinstance(key, int)
                      for m in device.models[key]),
    "w_max": device.models[121][0].WMax.cvalue,
    "w_cha_max": storage.WChaMax.cvalue,
    "soc": battery.SoC.cvalue,
}

# Rates and timer first, they do nothing while no bit is set; then the bits.
storage.InWRte.cvalue = 50
storage.OutWRte.cvalue = -50
storage.InOutWRte_RvrtTms.value = 2
storage.write()
storage.StorCtl_Mod.value = 3
storage.write()
measurement.read()
battery.read()
result["w_charging"] = measurement.W.cvalue
result["charge_status"] = battery.ChaSt.value


def resting():
    measurement.read()
    return measurement.W.cvalue == 0


wait_until(resting)
storage.read()
result["w_released"] = measurement.W.cvalue
result["mode_released"] = storage.StorCtl_Mod.value

# At 1.05 pu a third of the way from 1.04 to 1.07, so a third of the reactive rating.
curve = volt_var.curve[1]
for index, (volt, var) in enumerate([(92, 100), (98, 0), (104, 0), (107, -100)], start=1):
    getattr(curve, "V%d" % index).cvalue = volt
    getattr(curve, "VAr%d" % index).cvalue = var
curve.ActPt.value = 4
curve.RmpTms.value = 1
volt_var.write()
volt_var.ActCrv.value = 2
volt_var.ModEna.value = 1
volt_var.write()


def settled():
    before = measurement.VAr.cvalue
    time.sleep(0.3)
    measurement.read()
    return measurement.VAr.cvalue < -1000 and abs(measurement.VAr.cvalue - before) < 1


wait_until(settled)
result["var"] = measurement.VAr.cvalue


def write_read_only():
    device.write(battery.model_addr + battery.SoC.offset, b"\x00\x01")


def write_bad_curve():
    curve.V2.cvalue = 50
    volt_var.write()


result["read_only"] = refusal(write_read_only)
result["bad_curve"] = refusal(write_bad_curve)
device.close()
print(json.dumps(result))
