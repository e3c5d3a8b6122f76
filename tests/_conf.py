import sys, time, traceback
from hackgym.sandboxes.jail import Jail
from hackgym.testing import CHECKS, Subject, Unkept, checks
j = Jail(2)
print(j.isolation); print(sorted(j.promises))
mine = checks(j)
s = Subject(j, lambda: Jail(1))
for c in CHECKS:
    if len(sys.argv)>1 and c.name not in sys.argv[1:]: continue
    t=time.time()
    try: c.run(s); r="ok"
    except BaseException as e:
        r=f"{type(e).__name__}: {str(e)[:700]}"
        if not isinstance(e,Unkept): r+="".join(traceback.format_exc()[-1500:])
    if r!="ok" or time.time()-t>3: print(f"{time.time()-t:5.2f} {c.needs or ''} {'PROMISED' if c in mine else ''} {c.name}: {r}", flush=True)
j.close()
print("done")
import os; print(os.listdir("/tmp"))
