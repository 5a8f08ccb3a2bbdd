"""Decodes seeded random register images of every model pysunspec2 ships; one JSON line per image.

usage: decode_random_images.py SEED IMAGES_PER_MODEL
The first line tells where the model definitions lie.
"""
import glob
import json
import os
import random
import re
import struct
import sys

import sunspec2
import sunspec2.mb as mb
import sunspec2.modbus.client as client

rng = random.Random(int(sys.argv[1]))
images_per_model = int(sys.argv[2])
folder = os.path.join(os.path.dirname(sunspec2.__file__), "models", "json")


def size(group, counts, repeats):
    registers = sum(point["size"] for point in group["points"])
    for inner in group.get("groups", []):
        count = inner.get("count")
        if count is None:
            times = 1
        elif count == 0:
            times = repeats
        else:
            times = counts[count] if isinstance(count, str) else count
        registers += times * size(inner, counts, repeats)
    return registers


def count_names(group):
    for inner in group.get("groups", []):
        if isinstance(inner.get("count"), str):
            yield inner["count"]
        yield from count_names(inner)


def walk(group, prefix=""):
    for name, point in group.points.items():
        yield prefix + name, point
    for name, inner in group.groups.items():
        if isinstance(inner, list):
            for index, one in enumerate(inner):
                yield from walk(one, f"{prefix}{name}[{index}].")
        else:
            yield from walk(inner, f"{prefix}{name}.")


def fill(registers, point, fixed):
    kind, at, length = point.pdef["type"], point.offset, point.len
    if point.pdef["name"] in fixed and point.group is point.model:
        registers[at] = fixed[point.pdef["name"]]
    elif kind == "sunssf":
        registers[at] = 0x8000 if rng.random() < 0.1 else rng.randint(-5, 5) & 0xFFFF
    elif kind == "string":
        text = bytes(rng.randint(33, 126) for _ in range(rng.randint(0, 2 * length)))
        registers[at:at + length] = struct.unpack(f">{length}H", text.ljust(2 * length, b"\0"))
    elif rng.random() < 0.15:
        data = mb.create_unimpl_value(kind, len=2 * length)
        registers[at:at + length] = struct.unpack(f">{length}H", data.ljust(2 * length, b"\0"))
    else:
        registers[at:at + length] = [rng.getrandbits(16) for _ in range(length)]


def model(number, registers):
    data = struct.pack(f">{len(registers)}H", *registers)
    return client.SunSpecModbusClientModel(number, 0, len(registers) - 2, data=data)


def scaled(point):
    if point.sf_required and point.value is not None:
        factor = point.group.points.get(point.sf) or point.model.points.get(point.sf) \
            if point.sf else None
        if point.sf and (factor is None or factor.value is None):
            return None
    return point.cvalue


print(json.dumps({"definitions": folder}))
for path in sorted(glob.glob(os.path.join(folder, "model_*.json"))):
    number = int(re.search(r"model_(\d+)\.json", path).group(1))
    with open(path, encoding="utf-8") as file:
        group = json.load(file)["group"]
    for _ in range(images_per_model):
        counts = {name: rng.randint(1, 3) for name in count_names(group)}
        fixed = dict(counts)
        registers = [0] * size(group, counts, rng.randint(1, 3))
        fixed.update(ID=number, L=len(registers) - 2)
        registers[0:2] = [number, len(registers) - 2]
        offset = 0
        for point in group["points"]:
            if point["name"] in counts:
                registers[offset] = counts[point["name"]]
            offset += point["size"]
        for _, point in walk(model(number, registers)):
            fill(registers, point, fixed)
        registers[0:2] = [number, len(registers) - 2]
        points = []
        for name, point in walk(model(number, registers)):
            if point.pdef["type"] != "pad":
                points.append([name, point.offset, point.pdef["type"], point.value, scaled(point)])
        print(json.dumps({"model": number, "registers": registers, "points": points}))
