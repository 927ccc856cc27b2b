"""Every setting of the installation, read from the environment in one place. `docs/settings.md` explains each."""

import secrets
from http import HTTPStatus
from pathlib import Path

from django.utils.csp import CSP

from sagsgang.site import environment

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = environment.folder("SAGSGANG_HOME", Path("var"))
SITE = environment.text("SAGSGANG_SITE", "all")  # portal, staff, all
DEMO = environment.flag("SAGSGANG_DEMO")
DEBUG = environment.flag("SAGSGANG_DEBUG")
BASE_URL = environment.text("SAGSGANG_BASE_URL", "http://localhost:8000").rstrip("/")

# Without a key from outside each process makes its own: nobody can guess it, and sessions end with the process.
SECRET_KEY = environment.text("SAGSGANG_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = environment.words("SAGSGANG_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.words("SAGSGANG_TRUSTED_ORIGINS", [])

# Jobs that are acts of somebody, and so lie in no module called `tasks`.
PROCRASTINATE_IMPORT_PATHS = ["sagsgang.publication.actions.masking_job"]

HOUSE_FILES = HOME / "files"
RELEASED_FILES = environment.folder("SAGSGANG_RELEASED_FILES", HOME / "released")
LINE_URL = environment.text("SAGSGANG_LINE_URL")  # of the line that listeners to a meeting hold; "" = they ask instead
HEADS = environment.folder("SAGSGANG_HEADS", HOME / "heads")
PROTOCOL_EXPORT = environment.text("SAGSGANG_PROTOCOL_EXPORT")  # "" = no copies outside the database
CLAMD = environment.text("SAGSGANG_CLAMD", "/run/clamav/clamd.ctl")
SMTP = environment.text("SAGSGANG_SMTP")  # "" = letters are not sent, they stay in the outbox
MAIL_FROM = environment.text("SAGSGANG_MAIL_FROM", "Sagsgang <noreply@localhost>")
REFUSALS = environment.count("SAGSGANG_REFUSALS", 3)  # letters in a row, and the address rests
OWN_DOMAINS = environment.words("SAGSGANG_OWN_DOMAINS", [])  # e-mail addresses at these are nobody's own
# Of the accessibility statement; "" = the page says that the municipality has not stated it.
ACCESSIBILITY_EMAIL = environment.text("SAGSGANG_ACCESSIBILITY_EMAIL")
ACCESSIBILITY_PHONE = environment.text("SAGSGANG_ACCESSIBILITY_PHONE")
ACCESSIBILITY_REVIEWED = environment.day("SAGSGANG_ACCESSIBILITY_REVIEWED")
OFFICE_PYTHON = environment.text("SAGSGANG_OFFICE_PYTHON", "/usr/bin/python3")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    # The portal process starts no jobs and edits no text, and so never loads the code for them.
    *([] if SITE == "portal" else ["procrastinate.contrib.django", "django_prose_editor"]),
    "sagsgang.core",
    "sagsgang.accounts",
    "sagsgang.bodies",
    "sagsgang.documents",
    "sagsgang.cases",
    "sagsgang.meetings",
    "sagsgang.followups",
    "sagsgang.sittings",
    "sagsgang.protocols",
    "sagsgang.planning",
    "sagsgang.wheel",
    "sagsgang.equality",
    "sagsgang.policies",
    "sagsgang.goals",
    "sagsgang.publication",
    "sagsgang.following",
    "sagsgang.exchange",
    "sagsgang.reports",
    "sagsgang.members",
    "sagsgang.portal",
    "sagsgang.site",
]

_PLAIN_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    *([] if SITE == "staff" else ["sagsgang.portal.languages.BothLanguages"]),
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_STAFF_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
# The portal process has no session and no login: there is nothing to steal in it.
MIDDLEWARE = _PLAIN_MIDDLEWARE if SITE == "portal" else _PLAIN_MIDDLEWARE + _STAFF_MIDDLEWARE
ROOT_URLCONF = f"sagsgang.site.urls_{SITE}"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["sagsgang.accounts.backends.HouseBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "meetings:home"
LOGOUT_REDIRECT_URL = "accounts:login"

_PORTAL_DATABASE = environment.database("SAGSGANG_PORTAL_DATABASE_URL")
_PORTAL_DATABASE["OPTIONS"] |= {"options": "-c default_transaction_read_only=on -c statement_timeout=5000"}
DATABASES = {
    # The portal process knows the portal role's password and no other.
    "default": _PORTAL_DATABASE if SITE == "portal" else environment.database("DATABASE_URL"),
    "public": _PORTAL_DATABASE,
}
DATABASE_ROUTERS = ["sagsgang.site.routing.Wall"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                *(["django.contrib.messages.context_processors.messages"] if SITE != "portal" else []),
            ],
        },
    }
]

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF, *environment.origins(LINE_URL)],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone when the browser is closed: it must not make anybody known again
SESSION_COOKIE_NAME = "sagsgang_session"
SESSION_COOKIE_AGE = 10 * 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # files of one request: without JavaScript all attachments come in one

STATIC_URL = "/static/"
STATIC_ROOT = environment.folder("SAGSGANG_STATIC_ROOT", HOME / "static")
STATICFILES_DIRS = [
    ("dkfds", CHECKOUT / "node_modules/dkfds/dist"),
    ("htmx", CHECKOUT / "node_modules/htmx.org/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage."
        + ("StaticFilesStorage" if DEBUG else "ManifestStaticFilesStorage")
    },
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [environment.folder("SAGSGANG_LOCALE", CHECKOUT / "locale")]
FORMAT_MODULE_PATH = "sagsgang.core.formats"
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
FORM_RENDERER = "sagsgang.core.forms.HouseRenderer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    # 503 is the answer to "not made yet", and no error; what asks again has nothing to report.
    "filters": {
        "errors_only": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["errors_only"]}},
    # A refused address may hold the slug of something withdrawn: what was not found is not logged.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": environment.text("SAGSGANG_LOG_LEVEL", "WARNING")},
}
