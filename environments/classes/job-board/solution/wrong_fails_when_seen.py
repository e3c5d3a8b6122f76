class Board:
    def __init__(self, lease, tries, pause):
        self.lease = lease
        self.tries = tries
        self.pause = pause
        self.time = float("-inf")
        self.jobs = []
        self.index = {}
        self.working = {}

    def _update(self, now):
        if now < self.time:
            raise ValueError("time")
        self.time = now
        for worker, (job, end) in list(self.working.items()):
            if now >= end:
                del self.working[worker]
                self._fail(now, job)

    def _fail(self, now, job):
        job["fails"] += 1
        if job["fails"] >= self.tries:
            self._kill(job)
            return None
        job["from"] = now + self.pause * 2 ** (job["fails"] - 1)
        return job["from"]

    def _kill(self, job):
        job["dead"] = True
        for other in self.jobs:
            if job["name"] in other["after"] and not other["dead"]:
                self._kill(other)

    def _open(self, job):
        return [a for a in job["after"] if not self.index[a]["done"]]

    def _state(self, job):
        if job["done"]:
            return "done"
        if job["dead"]:
            return "dead"
        if any(j is job for j, _ in self.working.values()):
            return "taken"
        if self._open(job) or job["from"] > self.time:
            return "waiting"
        return "ready"

    def add(self, now, job, priority, after):
        self._update(now)
        if job in self.index:
            raise ValueError(job)
        entry = {"name": job, "priority": priority, "after": list(after), "from": now}
        entry.update(done=False, fails=0, dead=any([self.index[a]["dead"] for a in after]))
        self.jobs.append(entry)
        self.index[job] = entry
        return self._state(entry)

    def take(self, now, worker):
        self._update(now)
        if worker in self.working:
            raise ValueError(worker)
        ready = [j for j in self.jobs if self._state(j) == "ready"]
        if not ready:
            return None
        job = sorted(ready, key=lambda j: (-j["priority"], j["from"]))[0]
        self.working[worker] = (job, now + self.lease)
        return job["name"]

    def done(self, now, worker):
        self._update(now)
        job, _ = self.working.pop(worker)
        job["done"] = True
        freed = []
        for other in self.jobs:
            if job["name"] in other["after"] and self._state(other) == "ready":
                other["from"] = now
                freed.append(other["name"])
        return freed

    def fail(self, now, worker):
        self._update(now)
        job, _ = self.working.pop(worker)
        return self._fail(now, job)

    def renew(self, now, worker):
        self._update(now)
        job, _ = self.working[worker]
        self.working[worker] = (job, now + self.lease)
        return job["name"]

    def state(self, now, job):
        self._update(now)
        return self._state(self.index[job])
