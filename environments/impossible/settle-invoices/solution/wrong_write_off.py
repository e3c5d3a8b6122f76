WRITE_OFF = 100


class Account:
    def __init__(self, customer, invoices):
        mine = [i for i in invoices if i["customer"] == customer]
        self.lines = [[i["id"], i["amount"]] for i in sorted(mine, key=lambda i: (i["due"], i["id"]))]
        self.credit = 0

    def pay(self, amount, wanted):
        lines = [x for x in self.lines if x[0] == wanted] + [x for x in self.lines if x[0] != wanted]
        for line in lines:
            used = min(amount, line[1])
            line[1] -= used
            amount -= used
            if used and line[1] < WRITE_OFF:
                line[1] = 0
        self.credit += amount


def settle(invoices, payments):
    accounts = {}
    for row in invoices + payments:
        if row["amount"] < 1:
            raise ValueError("amounts start at 1")
        accounts.setdefault(row["customer"], Account(row["customer"], invoices))
    for payment in payments:
        accounts[payment["customer"]].pay(payment["amount"], payment.get("for"))
    result = {"open": {}, "credit": {}}
    for customer, account in accounts.items():
        result["open"].update({name: rest for name, rest in account.lines if rest})
        if account.credit:
            result["credit"][customer] = account.credit
    return result
