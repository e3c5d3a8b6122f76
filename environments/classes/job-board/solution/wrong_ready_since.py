import heapq


class Task:
    def __init__(self, number, name, priority, after):
        self.number = number
        self.name = name
        self.priority = priority
        self.missing = set(after)
        self.followers = []
        self.failed = 0
        self.pause_until = None
        self.state = "waiting"


class Board:
    def __init__(self, lease, tries, pause):
        self.lease, self.tries, self.pause = lease, tries, pause
        self.tasks = {}
        self.leases = {}  # worker -> [task, deadline]
        self.pauses = []
        self.now = None

    def advance(self, now):
        if self.now is not None and self.now > now:
            raise ValueError("the clock was turned back")
        self.now = now
        for worker in [w for w, (_, end) in self.leases.items() if end <= now]:
            task, end = self.leases.pop(worker)
            self.punish(task, end)
        while self.pauses and self.pauses[0][0] <= now:
            _, _, task = heapq.heappop(self.pauses)
            if task.state == "waiting":
                task.state = "ready"

    def punish(self, task, when):
        task.failed += 1
        if task.failed < self.tries:
            task.state = "waiting"
            task.pause_until = when + self.pause * (1 << (task.failed - 1))
            heapq.heappush(self.pauses, (task.pause_until, task.number, task))
            return task.pause_until
        graveyard = [task]
        while graveyard:
            dead = graveyard.pop()
            dead.state = "dead"
            graveyard.extend(dead.followers)
        return None

    def add(self, now, job, priority, after):
        self.advance(now)
        if job in self.tasks:
            raise ValueError("twice")
        before = [self.tasks[a] for a in after]
        task = Task(len(self.tasks), job, priority, [])
        for other in before:
            if other.state == "dead":
                task.state = "dead"
            elif other.state != "done":
                task.missing.add(other.name)
                other.followers.append(task)
        if task.state != "dead" and not task.missing:
            task.state = "ready"
        self.tasks[job] = task
        return task.state

    def take(self, now, worker):
        self.advance(now)
        if worker in self.leases:
            raise ValueError("busy")
        best = None
        for task in self.tasks.values():
            if task.state == "ready" and (best is None or task.priority > best.priority):
                best = task
        if best is None:
            return None
        best.state = "taken"
        self.leases[worker] = [best, now + self.lease]
        return best.name

    def done(self, now, worker):
        self.advance(now)
        task, _ = self.leases.pop(worker)
        task.state = "done"
        woken = []
        for follower in task.followers:
            follower.missing.discard(task.name)
            if not follower.missing and follower.state == "waiting":
                follower.state = "ready"
                woken.append(follower.name)
        return woken

    def fail(self, now, worker):
        self.advance(now)
        task, _ = self.leases.pop(worker)
        return self.punish(task, now)

    def renew(self, now, worker):
        self.advance(now)
        self.leases[worker][1] = now + self.lease
        return self.leases[worker][0].name

    def state(self, now, job):
        self.advance(now)
        return self.tasks[job].state
