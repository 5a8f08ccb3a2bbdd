"""Sets the power of a SunSpec storage with pysunspec2 and reads its effect; prints one JSON line.

usage: set_storage.py HOST PORT WATTS REVERSION_SECONDS
"""
import json
import sys

import sunspec2.modbus.client as client

host, port, watts, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
device = client.SunSpecModbusClientDeviceTCP(slave_id=1, ipaddr=host, ipport=port, timeout=5)
device.scan()
control = device.models[704][0]
measurement = device.models[701][0]

control.WSetEna.value = 1
control.WSetMod.value = 1
control.WSet.cvalue = watts
control.WSetRvrt.cvalue = 0
control.WSetEnaRvrt.value = 1
control.WSetRvrtTms.value = seconds
control.write()
control.read()
measurement.read()
print(json.dumps({
    "charge_rating_w": device.models[702][0].WChaRteMax.cvalue,
    "soc_pct": device.models[713][0].SoC.cvalue,
    "set_w": control.WSet.cvalue,
    "remaining": control.WSetRvrtRem.value,
    "w": measurement.W.cvalue,
}))
device.close()
