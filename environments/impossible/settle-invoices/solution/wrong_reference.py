def settle(invoices, payments):
    open_amounts = {inv["id"]: inv["amount"] for inv in invoices}
    owner = {inv["id"]: inv["customer"] for inv in invoices}
    due = {inv["id"]: inv["due"] for inv in invoices}
    credit = {}
    for p in payments:
        rest = p["amount"]
        if rest < 1:
            raise ValueError("amount")
        target = p.get("for")
        if target in open_amounts:
            part = min(rest, open_amounts[target])
            open_amounts[target] -= part
            rest -= part
        for key in sorted(open_amounts, key=lambda k: (due[k], k)):
            if owner[key] == p["customer"] and rest > 0:
                part = min(rest, open_amounts[key])
                open_amounts[key] -= part
                rest -= part
        if rest > 0:
            credit.setdefault(p["customer"], 0)
            credit[p["customer"]] += rest
    return {"open": {k: v for k, v in open_amounts.items() if v > 0}, "credit": credit}
