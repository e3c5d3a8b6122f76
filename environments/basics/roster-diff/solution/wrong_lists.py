def compare_rosters(before, after):
    moved = {}
    for badge in before:
        if badge in after and before[badge][1] != after[badge][1]:
            moved[badge] = [before[badge][1], after[badge][1]]
    return {
        "joined": [badge for badge in after if badge not in before],
        "left": [badge for badge in before if badge not in after],
        "moved": moved,
    }
