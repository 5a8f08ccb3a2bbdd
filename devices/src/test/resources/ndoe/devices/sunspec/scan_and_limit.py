"""Scans a SunSpec device with pysunspec2, limits it and lets the limit expire; prints one JSON line.

usage: scan_and_limit.py HOST PORT LIMIT_PERCENT REVERSION_PERCENT REVERSION_SECONDS
"""
import json
import sys
import time

import sunspec2.modbus.client as client
from sunspec2.modbus.modbus import ModbusClientException

host, port, limit, reversion, seconds = sys.argv[1], int(sys.argv[2]), *map(float, sys.argv[3:])
device = client.SunSpecModbusClientDeviceTCP(slave_id=1, ipaddr=host, ipport=port, timeout=5)
device.scan()

measurement = device.models[701][0]
control = device.models[704][0]
capacity = device.models[702][0]


def watts():
    measurement.read()
    return measurement.W.cvalue


def wait_until(condition, deadline_s=10):
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
    "serial": device.models[1][0].SN.value,
    "rating_w": capacity.WMax.cvalue,
    "w_before": watts(),
    "var": measurement.Var.cvalue,
    "llv": measurement.LLV.cvalue,
    "hz": measurement.Hz.cvalue,
    "w_103": device.models[103][0].W.cvalue,
    "enabled_before": control.WMaxLimPctEna.value,
}

control.WMaxLimPctEna.value = 1
control.WMaxLimPct.cvalue = limit
control.WMaxLimPctRvrt.cvalue = reversion
control.WMaxLimPctEnaRvrt.value = 1
control.WMaxLimPctRvrtTms.value = int(seconds)
control.write()
wait_until(lambda: watts() <= limit / 100 * result["rating_w"] + 1)
result["w_limited"] = watts()
control.read()
result["limit_read"] = control.WMaxLimPct.cvalue
result["remaining"] = control.WMaxLimPctRvrtRem.value


def expired():
    control.read()
    return control.WMaxLimPctRvrtRem.value == 0


wait_until(expired)
wait_until(lambda: watts() <= reversion / 100 * result["rating_w"] + 1)
result["w_reverted"] = watts()
result["limit_reverted"] = control.WMaxLimPct.cvalue


def write_read_only():
    device.write(capacity.model_addr + capacity.WMaxRtg.offset, b"\x00\x01")


def write_too_much():
    control.WMaxLimPct.cvalue = 150
    control.write()


result["read_only"] = refusal(write_read_only)
result["too_much"] = refusal(write_too_much)
device.close()
print(json.dumps(result))
