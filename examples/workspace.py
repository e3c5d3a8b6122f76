"""A learner in a folder: it looks around, tries a mend, and hands it in.

Run it with `python examples/workspace.py`. [Many steps in a folder](../docs/workspace.md) says what
an action is.
"""

import gymnasium

from hackgym.environments import load_tasks
from hackgym.submission import format_reply

TASK = "receipt-columns"


def main() -> None:
    """Play one episode and print what the learner does and reads."""
    tasks = load_tasks("repair")
    mended = format_reply(tasks[TASK].reference)
    env = gymnasium.make("hackgym:hackgym/Workspace-v0", tasks=tasks, task_id=TASK)
    env.reset(seed=1)
    for action in ("list", "run wc -l *.py", "test", f"{mended}\n\n```test\n```", "submit"):
        observation, reward, terminated, _, info = env.step(action)
        print(f"> {action.splitlines()[0]}\n{observation[-300:]}")
        if terminated:
            print(f"paid {reward:g}: {info['verdict']['outcome']}")
    env.close()


if __name__ == "__main__":
    main()
