"""What the web server calls."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

_site = get_wsgi_application()
# By name: its modules know rows, and can be loaded only now that the apps are.
application = _site if settings.SITE == "staff" else import_string("sagsgang.portal.kept.KeptAnswers")(_site)
