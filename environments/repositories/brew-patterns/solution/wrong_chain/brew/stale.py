"""Says what is to be built, and why."""


def reasons(order, rules, times):
    result = {}
    for name, rule in order:
        if name in rules.phony:
            result[name] = "phony"
        elif rule is None:
            continue
        elif name not in times:
            result[name] = "missing"
        else:
            for need in rule.needs:
                if need in result:
                    result[name] = "after " + need
                    break
                if times[need] > times[name]:
                    result[name] = "newer " + need
                    break
    return result
