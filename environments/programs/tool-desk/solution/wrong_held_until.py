import sys

today = 1
order = []      # tools, as first stocked
pieces = {}     # tool -> list of [state, person, day, serial]
queues = {}
serial = 0
refused = 0


def low(s):
    return s != "" and all("a" <= c <= "z" for c in s)


def positive(s):
    return s != "" and all(c in "0123456789" for c in s) and int(s) > 0


def find(tool, state, person=None):
    for piece in pieces[tool]:
        if piece[0] == state and (person is None or piece[1] == person):
            return piece
    return None


def serve(tool):
    global serial
    while queues[tool]:
        piece = find(tool, "free")
        if piece is None:
            break
        person = queues[tool].pop(0)
        serial += 1
        piece[:] = ["held", person, today + 2, serial]
        print(f"hold {tool} for {person} until {today + 2}")


def give(piece, person):
    piece[:] = ["lent", person, today + 7, 0]
    print("due", today + 7)


def overdue(piece):
    return piece[2] < today


def new_day():
    global today
    today += 1
    lapsed = []
    for tool in order:
        for piece in pieces[tool]:
            if piece[0] == "held" and piece[2] <= today:
                lapsed.append((piece[3], tool, piece))
    lapsed.sort(key=lambda each: each[0])
    for _, tool, piece in lapsed:
        print("gone", tool, piece[1])
        piece[:] = ["free", None, 0, 0]
    for tool in order:
        serve(tool)


def command(words):
    verb = words[0]
    if verb == "days" and len(words) == 2 and positive(words[1]):
        for _ in range(int(words[1])):
            new_day()
        return None
    if verb == "stock" and len(words) == 3 and low(words[1]) and positive(words[2]):
        tool = words[1]
        if tool not in pieces:
            order.append(tool)
            pieces[tool] = []
            queues[tool] = []
        pieces[tool] += [["free", None, 0, 0] for _ in range(int(words[2]))]
        serve(tool)
        return None
    if verb == "show" and len(words) == 2 and low(words[1]):
        tool = words[1]
        if tool not in pieces:
            return "tool"
        states = [piece[0] for piece in pieces[tool]]
        text = "%s: %d free, %d held, %d lent" % (
            tool, states.count("free"), states.count("held"), states.count("lent"))
        if queues[tool]:
            text += ", then " + " ".join(queues[tool])
        print(text)
        return None
    if verb not in ("borrow", "return", "renew", "leave") or len(words) != 3:
        return "what"
    _, person, tool = words
    if not low(person) or not low(tool):
        return "what"
    if tool not in pieces:
        return "tool"
    own = find(tool, "lent", person)
    held = find(tool, "held", person)
    queue = queues[tool]
    if verb == "borrow":
        if own:
            return "have"
        if person in queue:
            return "queue"
        theirs = [p for t in order for p in pieces[t] if p[0] == "lent" and p[1] == person]
        if len(theirs) >= 3:
            return "full"
        if any(overdue(p) for p in theirs):
            return "late"
        piece = held or find(tool, "free")
        if piece:
            give(piece, person)
        else:
            queue.append(person)
            print("wait", len(queue))
        return None
    if verb == "leave":
        if person in queue:
            queue.remove(person)
        elif held:
            held[:] = ["free", None, 0, 0]
        else:
            return "have not"
        print("ok")
        serve(tool)
        return None
    if not own:
        return "have not"
    if verb == "renew":
        if queue:
            return "queue"
        if overdue(own):
            return "late"
        give(own, person)
        return None
    print(f"late {today - own[2]}" if overdue(own) else "ok")
    own[:] = ["free", None, 0, 0]
    serve(tool)
    return None


for line in sys.stdin.read().split("\n"):
    words = [w for w in line.split(" ") if w]
    if words:
        reason = command(words)
        if reason:
            print("no:", reason)
            refused += 1
sys.exit(min(refused, 9))
