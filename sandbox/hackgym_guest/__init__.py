"""The part of hackgym that runs inside a sandbox: small, and with no dependencies of its own.

Each module's docstring says more. Of those that are not about the box itself,

* `runner` runs tests in one of three roles, with `session`, `cold`, `overseer` and `notice`;
* `serve` is the submission's side of an experiment, with `functions`, `answers`, `raised`,
  `loading` and `surroundings`, and `wire` is how values cross to the other side;
* `decide` is the other side: it runs the tests on `proxy`, with `finder`, `remote`, `exceptions`,
  `lineup` and `arguments`;
* `decide_verifier` is the other side where a task has a verifier program (`verifier`): it runs that
  on `boundary`, with `hooks`, `standins`, `naming`, `reference`, `likeness`, `leaks` and `journal`;
* `siblings` draws fresh cases, `perturb` other values, and `watched` looks for recognised inputs.
"""
