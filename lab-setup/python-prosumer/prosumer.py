"""A prosumer in Python at NDOE's negotiating table: the messages of lab-setup/mqtt/README.md over MQTT.

What it answers is in negotiation.py, what it knows and wants in household.py: replace that.
"""

import argparse
import csv
import json
import os
import pathlib
import time

import paho.mqtt.client as mqtt
from household import Household
from negotiation import Negotiation, kilowatts


class Session:
    """Acts on every command once and in order, however often and in whatever order it is heard."""

    def __init__(self, home, site, folder):
        self.home, self.site, self.folder = home, site, folder
        self.epochs, self.epoch, self.finished = set(), None, False

    def hear(self, kind, command):
        """Answers as (kind, message) to this command and to those that waited for it."""
        if kind == "opening" and command["epoch"] not in self.epochs:
            self.epochs.add(command["epoch"])
            self.epoch, self.last, self.waiting, self.answered = command["epoch"], 0, {}, {}
        if command["epoch"] != self.epoch:
            return
        number = command["number"]
        if number <= self.last:
            if number in self.answered:
                yield self.answered[number]
            return
        self.waiting[number] = (kind, command)
        while self.waiting and self.waiting[min(self.waiting)][1]["after"] <= self.last:
            number = min(self.waiting)
            kind, command = self.waiting.pop(number)
            self.last = number
            said, content = self.act(kind, command)
            header = {key: command[key] for key in ("v", "epoch", "number", "after", "parameters")}
            self.answered[number] = (said, {**header, **content})
            yield self.answered[number]

    def act(self, kind, command):
        try:
            if kind == "opening":
                return self.sit_down(command)
            if kind in ("envelope", "dismissal"):
                return self.conclude(command)
            if kind == "terms":
                self.negotiation.terms = command["terms"]
                self.negotiation.parameters = command["parameters"]
                return "heard", {}
            if command["parameters"] != self.negotiation.parameters:
                return "refusal", {"reason": "parameters differ from those agreed on"}
            return getattr(self.negotiation, kind.replace("-", "_"))(command)
        except ArithmeticError as error:
            return "refusal", {"reason": str(error)}

    def sit_down(self, opening):
        home = self.home
        proposed = [(link["first"], link["second"], link["limitKw"], link["chargePerKwh"])
                    for link in opening["links"]]
        expected = [(link["first"], link["second"], link["limit_kw"], link["charge_per_kwh"])
                    for link in home.links]
        if (opening["start"], opening["intervalMinutes"], opening["intervals"]) != (
                home.start.isoformat(timespec="minutes"), home.minutes, home.intervals):
            return "refusal", {"reason": "its horizon is another"}
        if sorted(proposed) != sorted(expected):
            return "refusal", {"reason": "its links, their limits or charges are others"}
        if opening["terms"]["tradeMethod"] != "triamc":
            return "refusal", {"reason": "it only knows how to trade by triamc"}
        self.negotiation = Negotiation(home, opening)
        return "heard", {}

    def conclude(self, command):
        """Writes the envelope in force: the certified one, or else the default one."""
        default = self.site["default_envelope_kw"]
        imports, exports, plan = ([value] * self.home.intervals
                                  for value in (default["import"], default["export"], 0))
        if command.get("certified"):
            imports, exports = command["importLimitKw"], command["exportLimitKw"]
            plan = kilowatts(self.negotiation.settled)
        new = self.folder / "envelope.csv.new"
        with new.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["interval", "import_limit_kw", "export_limit_kw", "planned_net_import_kw"])
            rows.writerows(zip(range(self.home.intervals), imports, exports, plan))
        os.replace(new, self.folder / "envelope.csv")
        print("certified" if command.get("certified") else "left at its default envelope", flush=True)
        self.finished = True
        return "heard", {}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", help="its own file of ./ndoe agent split")
    parser.add_argument("--id", required=True, help="which prosumer it is")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--ca", help="authority of the broker's certificate, PEM; with it, TLS")
    parser.add_argument("--username")
    parser.add_argument("--password-file", type=pathlib.Path)
    parser.add_argument("--negotiation", required=True, help="name in every topic, the scenario's")
    parser.add_argument("--state", type=pathlib.Path, required=True, help="folder for envelope.csv")
    parser.add_argument("--once", action="store_true", help="end after one negotiation")
    return parser.parse_args()


def reconnect(client):
    try:
        client.reconnect()
    except OSError as error:
        print(f"no link to the broker: {error}", flush=True)


def main():
    options = arguments()
    options.state.mkdir(parents=True, exist_ok=True)
    home = Household(options.part, options.id)
    session = Session(home, home.site, options.state)
    topic = f"ndoe/v1/{options.negotiation}/p/{options.id.lower()}/"

    def hear(client, _, message):
        try:
            answers = session.hear(message.topic.rsplit("/", 1)[1], json.loads(message.payload))
            for said, content in answers:
                text = json.dumps(content, allow_nan=False)
                client.publish(f"{topic}from/{said}", text, qos=1)
        except (ValueError, KeyError) as error:
            print(f"ignored a message on {message.topic}: {error!r}", flush=True)

    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, f"{options.id}-{os.getpid()}")
    client.on_connect = lambda client, *_: client.subscribe(f"{topic}to/+", qos=1)
    client.on_subscribe = lambda *_: print(f"{options.id} waits for an operator", flush=True)
    client.on_message = hear
    if options.ca:
        client.tls_set(options.ca)
    if options.username:
        client.username_pw_set(options.username, options.password_file.read_text().strip())
    client.connect(options.host, options.port)
    while not (options.once and session.finished and not client.want_write()):
        if client.loop(0.2) != mqtt.MQTT_ERR_SUCCESS:
            time.sleep(1)
            reconnect(client)
    client.disconnect()


if __name__ == "__main__":
    main()
