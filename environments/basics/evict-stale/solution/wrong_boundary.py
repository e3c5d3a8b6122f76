def evict(cache, now):
    removed = []
    for key in list(cache):
        data, stored_at, ttl = cache[key]
        if ttl is not None and stored_at + ttl < now:
            removed.append(key)
    removed.sort(key=lambda key: (cache[key][1], key))
    for key in removed:
        cache.pop(key)
    return removed
