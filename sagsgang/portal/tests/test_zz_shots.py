import os, pytest
from datetime import date, timedelta
from pathlib import Path
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright
from sagsgang.meetings.drafts import *
from sagsgang.portal.tests.factories import *
from sagsgang.publication.models import *
from sagsgang.publication import tasks
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
pytestmark = [pytest.mark.django_db(transaction=True, databases=["default","public"]), pytest.mark.usefixtures("wall")]
OUT = Path("/tmp/portal-shots")
TABLE = "<p>Forvaltningen har undersøgt tre linjeføringer, som alle ligger inden for lokalplanens rammer. Den samlede anlægsudgift skønnes til 4,2 mio. kr., hvoraf staten betaler halvdelen.</p><h3>Økonomi</h3><table><caption>Anlægsudgift i 1.000 kr.</caption><thead><tr><th scope=\"col\">År</th><th scope=\"col\">Udgift</th><th scope=\"col\">Indtægt</th></tr></thead><tbody><tr><th scope=\"row\">2026</th><td>1.200</td><td>600</td></tr><tr><th scope=\"row\">2027</th><td>3.000</td><td>1.500</td></tr></tbody></table><ul><li>Vejret</li><li>Speciallægepraksisplanlægningsstabiliseringsperioden</li></ul>"
def test_shots(live_server, settings, tmp_path):
    translation.deactivate(); translation.activate("da")
    tmu = make_body(); oek = make_body("Økonomiudvalget","ØU"); by = make_body("Byrådet","BY"); make=[make_body(n,"") for n in ("Børne- og Skoleudvalget","Aaby Lokalråd","Ældrerådet","Kultur- og Fritidsudvalget")]
    long = make_item("2","Godkendelse af anlægsbevilling til etablering af cykelsti langs Åvej mellem Egekøbing og Sønderby samt tilhørende krydsningspunkter", sections=(SectionDraft("presentation","Sagsfremstilling",TABLE),SectionDraft("recommendation","Indstilling","<p>Direktøren indstiller,</p>",(PointDraft("1.","at bevillingen gives"),PointDraft("2.","at arbejdet udbydes i offentlig licitation, og at udvalget orienteres, når resultatet foreligger")))))
    m = release(tmu, make_draft(make_full_item(), long, make_item("3","Orientering fra formanden", sections=(), decisions=()), make_closed_item()))
    old = [release(tmu, make_draft(make_item(), held_on=date(2026,4,14)-timedelta(days=28*k))) for k in range(1,12)]
    for k,b in enumerate([oek,by,*make]):
        release(b, make_draft(make_item(), held_on=date(2026,4,2+k*3)))
    future = restore(by, make_draft(make_item(), held_on=date.today()+timedelta(days=5)))
    release_meeting(future, kind="archive", prepared_by=clerk(), released_by=clerk())
    wd = release(oek, make_draft(make_item(), held_on=date(2026,1,5))); withdraw(wd)
    it = list(m.items.filter(parent=None).order_by("position"))
    def u(n,*a): return reverse(n,args=a)
    pages = {"front":"/","bodies":"/organer/","body":u("portal:body",m.body_id,m.body.slug),"month":"/kalender/2026-04/","month-empty":"/kalender/2031-04/","meeting":u("portal:meeting",m.pk,m.slug),"print":u("portal:print-meeting",m.pk,m.slug),"item":u("portal:item",it[0].pk,it[0].slug),"item-long":u("portal:item",it[1].pk,it[1].slug),"item-closed":u("portal:item",it[3].pk,it[3].slug),"withdrawn":u("portal:meeting",wd.pk,wd.slug),"pending":u("portal:meeting-pdf",m.pk),"404":"/nix/"}
    axe = Path("/work/main/node_modules/axe-core/axe.min.js").read_text()
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless","--no-sandbox","--disable-gpu","--disable-background-networking"])
        for name,path in pages.items():
            for w in (1280,390,375):
                ctx = b.new_context(viewport={"width":w,"height":900}, bypass_csp=(w!=1280))
                pg = ctx.new_page(); logs=[]
                pg.on("console", lambda m: logs.append(m.text)); pg.on("requestfailed", lambda r: logs.append("FAILED "+r.url))
                pg.goto(live_server.url+path)
                over = pg.evaluate("document.body.scrollWidth - document.documentElement.clientWidth")
                if over or (logs and not any("status of" in l for l in logs)): print(name,w,"over",over,logs)
                if w!=375: pg.screenshot(path=str(OUT/f"{name}-{w}.png"), full_page=True)
                if w==390:
                    pg.evaluate(axe)
                    v = pg.evaluate("axe.run().then(r=>r.violations.map(v=>[v.id,v.nodes.map(n=>n.html.slice(0,200))]))")
                    if v: print("AXE",name,v)
                ctx.close()
        b.close()
