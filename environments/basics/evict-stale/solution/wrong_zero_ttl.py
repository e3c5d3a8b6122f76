def evict(cache, now):
    stale = [key for key, entry in cache.items() if entry[2] and now - entry[1] >= entry[2]]
    stale.sort(key=lambda key: (cache[key][1], key))
    for key in stale:
        del cache[key]
    return stale
