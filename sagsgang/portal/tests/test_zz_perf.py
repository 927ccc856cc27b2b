import time as clock, pytest
from sagsgang.portal.tests.factories import *
from sagsgang.portal.pages import forget_pages
from sagsgang.meetings.drafts import SectionDraft
pytestmark = [pytest.mark.django_db(transaction=True, databases=["default","public"]), pytest.mark.usefixtures("wall")]
def test_perf(client):
    text=SectionDraft("presentation","Sagsfremstilling","<p>"+"Der er tale om en sag. "*200+"</p>")
    m = release(make_body(), make_draft(make_full_item(), *[make_item(str(n+2), f"Sag {n}", sections=(text,)) for n in range(29)]))
    it=m.items.get(parent=None,number="1")
    for u in (f"/moeder/{m.pk}/{m.slug}/", f"/moeder/{m.pk}/{m.slug}/udskriv/", f"/punkter/{it.pk}/{it.slug}/", "/", "/feed.atom"):
        client.get(u)
        def t(n, f):
            a=clock.process_time()
            for _ in range(n): f()
            return (clock.process_time()-a)/n*1000
        r=client.get(u)
        x=t(20, lambda: (forget_pages(), client.get(u))); y=t(50, lambda: client.get(u)); z=t(50, lambda: client.get(u, headers={"If-None-Match": r.headers["ETag"]}))
        print(u[-9:], len(r.content), f"render {x:.1f} kept {y:.1f} 304 {z:.1f} ms CPU")
