"""A prosumer in Python at NDOE's negotiating table: the messages of lab-setup/mqtt/README.md over MQTT,
the updates of the method's sections 6 and 7. What it knows and wants is in household.py; replace that.
"""

import argparse
import csv
import json
import os
import pathlib

import numpy as np
import paho.mqtt.client as mqtt
from household import Household


class Negotiation:
    """One negotiation: multipliers and positions, MW and thousands of the currency per MWh."""

    def __init__(self, home, opening):
        self.home, self.parameters, self.terms = home, opening["parameters"], opening["terms"]
        self.target, self.multiplier, self.response = np.zeros((3, 3, home.intervals))
        self.plan, self.purchase, self.retail = np.zeros((3, home.intervals))
        self.price = (home.buy_price + home.sell_price) / 2
        self.offered, self.requesting, self.answered, self.requested = False, True, 0, 0

    def propose(self, command):  # block X: plan and envelope, then what to ask the others for
        beta, weight = self.terms["tradePenalty"], 2 * self.terms["envelopeWeight"]
        linear = -self.multiplier - weight * self.target
        linear[2] += self.price - beta * (self.purchase + self.retail)
        self.response, self.own_cost = self.home.best(
            {"imports": linear[0], "exports": linear[1], "plan": linear[2]},
            {"imports": weight, "exports": weight, "plan": weight + beta})
        self.plan = self.response[2]
        self.wish = self.plan - self.retail + self.price / beta
        self.proposed = (command["round"], command["cycle"])
        return "trade-request", {"round": command["round"], "cycle": command["cycle"],
                                 "desiredPurchaseKw": kilowatts(self.wish), "desiredPurchaseKwFrom": []}

    def trade_answer(self, command):  # blocks G and π, then the triangular correction
        beta, step = self.terms["tradePenalty"], self.terms["correctionStep"]
        if self.proposed == (command["round"], command["cycle"]):
            self.proposed = None
            bought = np.array(command["purchaseKw"]) / 1000
            wanted = self.plan - bought + self.price / beta
            at_retail = np.maximum(wanted - self.home.buy_price / beta, 0) + np.minimum(
                wanted - self.home.sell_price / beta, 0)
            missing = self.plan - bought - at_retail
            moves = self.purchase - bought, self.retail - at_retail
            self.mismatch, self.movement = abs(missing).max(), beta * np.abs(moves).max()
            self.retail_cost = self.home.hours * np.where(
                at_retail > 0, self.home.buy_price, self.home.sell_price) @ at_retail
            self.market_price = beta * (self.wish - bought)
            self.price = self.price + beta * missing
            self.purchase = self.purchase - step * (moves[0] - moves[1])
            self.retail = self.retail - step * moves[1]
        return "report", {"round": command["round"], "mismatchKw": 1000 * self.mismatch,
                          "movementPerKwh": self.movement,
                          "cost": 1000 * (self.own_cost + self.retail_cost)}

    def respond(self, command):
        self.requesting, self.requested = True, command["round"]
        return "request", {"round": self.answered, **position(self.response)}

    def offer(self, command):  # v ← v + 2w²(z̃ − ê), z ← z̃
        if self.requesting and command["round"] == self.requested:
            self.requesting, self.answered = False, command["round"]
            single = self.terms["mostCycles"] == 1
            alpha = 1 if single else self.terms["relaxation"]
            step = self.terms["correctionStep"] if single and self.offered else 1
            answer = np.array([command[key] for key in POSITION]) / 1000
            if self.offered:
                relaxed = alpha * self.response + (1 - alpha) * self.target
                self.multiplier += 2 * self.terms["envelopeWeight"] * (answer - relaxed)
            self.target, self.offered = self.target + step * (answer - self.target), True
        return "heard", {}

    def bound(self, command):  # its share of the lower bound, at the market's price
        price = np.clip(self.market_price, self.home.sell_price, self.home.buy_price)
        linear = {"imports": -self.multiplier[0], "exports": -self.multiplier[1],
                  "plan": price - self.multiplier[2]}
        found, cost = self.home.best(linear, {})
        cost += self.home.hours * sum(linear[key] @ row for key, row in zip(linear, found))
        return "report", {"round": command["round"], "mismatchKw": 0, "movementPerKwh": 0, "lower": 1000 * cost}

    def settle(self, command):
        imports, exports, purchase = (
            np.array(command[key]) / 1000 for key in ("importLimitKw", "exportLimitKw", "purchaseKw"))
        self.settled, cost = self.home.inside(imports, exports, purchase)
        return "plan", {"netImportKw": kilowatts(self.settled), "cost": 1000 * cost}


POSITION = ("importLimitKw", "exportLimitKw", "netImportKw")


def kilowatts(values):
    return (1000 * values).tolist()


def position(rows):
    return {key: kilowatts(row) for key, row in zip(POSITION, rows)}


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
        same = {(link["first"], link["second"], link["limitKw"], link["chargePerKwh"])
                for link in opening["links"]} == {tuple(link.values()) for link in home.links}
        if (opening["start"], opening["intervalMinutes"], opening["intervals"]) != (
                home.start.isoformat(timespec="minutes"), home.minutes, home.intervals):
            return "refusal", {"reason": "its horizon is another"}
        if not same:
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


def main():
    options = arguments()
    options.state.mkdir(parents=True, exist_ok=True)
    home = Household(options.part, options.id)
    session = Session(home, home.site, options.state)
    topic = f"ndoe/v1/{options.negotiation}/p/{options.id.lower()}/"

    def hear(client, _, message):
        kind, command = message.topic.rsplit("/", 1)[1], json.loads(message.payload)
        for said, content in session.hear(kind, command):
            text = json.dumps(content, allow_nan=False)
            client.publish(f"{topic}from/{said}", text, qos=1)

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
        client.loop(0.2)
    client.disconnect()


if __name__ == "__main__":
    main()
