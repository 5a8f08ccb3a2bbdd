"""Serves a SunSpec device with pymodbus, its registers encoded by pysunspec2, until its input ends.

usage: serve_images.py BASE modern|older
Prints its port on the first line, then answers each line read: "POINTS MODEL NAME..." with a JSON
object of the scaled values that pysunspec2 decodes from the present registers.
"""
import asyncio
import json
import sys

import sunspec2.device as device
import sunspec2.mb as mb
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

MODERN = {
    1: {"Mn": "Peer", "Md": "modern", "SN": "700"},
    701: {"ACType": 2, "W": -3210, "Var": 1450, "LLV": 398.4, "Hz": 49.97,
          "W_SF": 1, "Var_SF": 1, "V_SF": -1, "Hz_SF": -2},
    702: {"WMaxRtg": 12000, "WMax": 10000, "VNom": 400, "WChaRteMax": 6000,
          "WDisChaRteMax": 7000, "W_SF": 1, "V_SF": 0},
    704: {"WMaxLimPctEna": 1, "WMaxLimPct": 75, "WMaxLimPctRvrt": 100, "WMaxLimPctEnaRvrt": 0,
          "WMaxLimPctRvrtTms": 0, "WSetEna": 0, "WSetMod": 1, "WSet": 0, "WSetRvrt": 0,
          "WSetEnaRvrt": 0, "WSetRvrtTms": 0, "WMaxLimPct_SF": -2, "WSet_SF": 0},
    713: {"SoC": 61.5, "WHRtg": 20000, "Pct_SF": -1, "WH_SF": 1},
}
OLDER = {
    1: {"Mn": "Peer", "Md": "older", "SN": "100"},
    103: {"W": 4560, "VAr": -780, "PhVphA": 229.8, "PhVphB": 230.2, "PhVphC": 230.6, "St": 4,
          "W_SF": 1, "VAr_SF": 1, "V_SF": -1},
    120: {"DERTyp": 82, "WRtg": 12000, "MaxChaRte": 6000, "MaxDisChaRte": 7000,
          "WRtg_SF": 1, "MaxChaRte_SF": 1, "MaxDisChaRte_SF": 1},
    121: {"WMax": 10000, "VRef": 400, "WMax_SF": 1, "VRef_SF": 0},
    123: {"WMaxLimPct": 75, "WMaxLimPct_WinTms": 0, "WMaxLimPct_RvrtTms": 0,
          "WMaxLimPct_RmpTms": 0, "WMaxLim_Ena": 1, "WMaxLimPct_SF": -1},
    124: {"WChaMax": 5000, "StorCtl_Mod": 0, "OutWRte": 100, "InWRte": 100, "ChaState": 61.5,
          "InOutWRte_WinTms": 0, "InOutWRte_RvrtTms": 0, "InOutWRte_RmpTms": 0,
          "WChaMax_SF": 0, "InOutWRte_SF": -2, "ChaState_SF": -1},
}


def blank(model_id):
    """A model with every point of it not implemented."""
    definition = device.get_model_def(model_id)
    groups = definition["group"]
    words = bytearray()
    for point in groups["points"]:
        kind = point["type"]
        if kind == "string":
            words += b"\x00\x00" * point["size"]
        else:
            words += mb.create_unimpl_value(kind, len=point["size"])
    for group in groups.get("groups", []):
        for point in group["points"]:
            words += mb.create_unimpl_value(point["type"], len=point["size"])
    model = device.Model(model_id=model_id)
    words[2:4] = (len(words) // 2 - 2).to_bytes(2, "big")
    words[0:2] = model_id.to_bytes(2, "big")
    return device.Model(model_id=model_id, data=bytes(words), model_len=len(words) // 2 - 2), words


def encoded(model_id, values):
    model, words = blank(model_id)
    for name in sorted(values, key=lambda point: not point.endswith("_SF")):
        point = model.points[name]
        if point.sf:
            point.cvalue = values[name]
        else:
            point.value = values[name]
    image = bytearray(model.get_mb())
    return image if len(image) == len(words) else image + words[len(image):]


def main(base, models):
    registers = [0x5375, 0x6E53]
    where = {}
    for model_id, values in models.items():
        image = encoded(model_id, values)
        where[model_id] = (len(registers), len(image) // 2)
        registers += [int.from_bytes(image[i:i + 2], "big") for i in range(0, len(image), 2)]
    registers += [0xFFFF, 0]
    present = registers

    async def act(function, start, address, count, current, values):
        nonlocal present
        if address - start + count > len(current):
            return ExcCodes.ILLEGAL_ADDRESS
        if values is not None:
            current[address - start:address - start + count] = values
        present = list(current)
        return None

    def answer(line):
        _, model_id, *names = line.split()
        at, length = where[int(model_id)]
        data = b"".join(word.to_bytes(2, "big") for word in present[at:at + length])
        model = device.Model(model_id=int(model_id), data=data, model_len=length - 2)
        return json.dumps({n: model.points[n].cvalue if model.points[n].sf else model.points[n].value
                           for n in names})

    async def serve():
        block = SimData(base, values=registers, datatype=DataType.REGISTERS)
        server = ModbusTcpServer(SimDevice(1, simdata=[block], action=act), address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        print(server.transport.sockets[0].getsockname()[1], flush=True)
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            print(answer(line), flush=True)
        await server.shutdown()

    asyncio.run(serve())


main(int(sys.argv[1]), {"modern": MODERN, "older": OLDER}[sys.argv[2]])
