import cProfile, pstats, time
from datetime import datetime
import time_machine
from sagsgang.site.tests.test_demo_desk import *
import sagsgang.site.demo_loading as L
def test_profile(db, quick_passwords):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=COPENHAGEN)):
        t=time.perf_counter(); c=time.process_time()
        town = town_of(DAYS[0])
        print("generate", time.perf_counter()-t, time.process_time()-c)
        orig=L.fill_desks
        def timed(*a, **k):
            t=time.perf_counter(); c=time.process_time()
            p=cProfile.Profile(); p.enable()
            orig(*a, **k)
            p.disable()
            print("desks", time.perf_counter()-t, time.process_time()-c)
            pstats.Stats(p).sort_stats("cumulative").print_stats(60)
        L.fill_desks=timed
        t=time.perf_counter(); c=time.process_time()
        Loader(town, password="en-lang-adgangskode", tell=lambda line: print(line, round(time.perf_counter()-t,1))).load()
        print("load", time.perf_counter()-t, time.process_time()-c)
