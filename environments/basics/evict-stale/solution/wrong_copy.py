def evict(cache, now):
    stale = []
    fresh = {}
    for key, (data, stored_at, ttl) in cache.items():
        if ttl is not None and now - stored_at >= ttl:
            stale.append((stored_at, key))
        else:
            fresh[key] = [data, stored_at, ttl]
    cache = fresh
    return [key for _, key in sorted(stale)]
