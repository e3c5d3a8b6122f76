def compare_rosters(before, after):
    moved = {}
    for badge, (name, team) in before.items():
        new_team = after.get(badge, (None, None))[1]
        if new_team and new_team != team:
            moved[badge] = (team, new_team)
    return {
        "joined": {badge for badge in after if badge not in before},
        "left": {badge for badge in before if badge not in after},
        "moved": moved,
    }
