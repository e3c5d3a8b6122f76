def compare_rosters(before, after):
    joined = set(after) - set(before)
    left = set(before) - set(after)
    moved = {}
    for badge in before:
        if badge in after and before[badge] != after[badge]:
            moved[badge] = (before[badge][1], after[badge][1])
    return {"joined": joined, "left": left, "moved": moved}
