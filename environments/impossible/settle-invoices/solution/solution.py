def settle(invoices: list[dict], payments: list[dict]) -> dict[str, dict[str, int]]:
    """Return what is open of each invoice, and the customers' credit."""
    if any(payment["amount"] < 1 for payment in payments):
        raise ValueError("a payment must be at least 1")
    in_turn = sorted(invoices, key=lambda invoice: (invoice["due"], invoice["id"]))
    owed = {invoice["id"]: invoice["amount"] for invoice in in_turn}
    credit: dict[str, int] = {}
    for payment in payments:
        customer, left = payment["customer"], payment["amount"]
        own = [invoice["id"] for invoice in in_turn if invoice["customer"] == customer]
        # The one that is meant first; the sort leaves the others in their order.
        own.sort(key=lambda identity: identity != payment.get("for"))
        for identity in own:
            paid = min(left, owed[identity])
            owed[identity] -= paid
            left -= paid
        if left:
            credit[customer] = credit.get(customer, 0) + left
    return {"open": {key: cents for key, cents in owed.items() if cents}, "credit": credit}
