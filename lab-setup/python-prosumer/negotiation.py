"""A prosumer's side of the negotiation: the updates of the method's sections 6 to 8, the inner loop as
triamc. What it knows and wants is household.Household; MW and thousands of the currency inside.
"""

import numpy as np

POSITION = ("importLimitKw", "exportLimitKw", "netImportKw")


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
        return "report", {"round": command["round"], "mismatchKw": 0, "movementPerKwh": 0,
                          "lower": 1000 * cost}

    def settle(self, command):
        imports, exports, purchase = (
            np.array(command[key]) / 1000 for key in ("importLimitKw", "exportLimitKw", "purchaseKw"))
        self.settled, cost = self.home.inside(imports, exports, purchase)
        return "plan", {"netImportKw": kilowatts(self.settled), "cost": 1000 * cost}


def kilowatts(values):
    return (1000 * values).tolist()


def position(rows):
    return {key: kilowatts(row) for key, row in zip(POSITION, rows)}
