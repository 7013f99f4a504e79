"""Django's settings. What a deployment may change is in ``environment``."""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from socle_web.project.environment import Environment

_here = Environment()

SECRET_KEY = _here.secret
DEBUG = _here.DEBUG
ALLOWED_HOSTS = _here.ALLOWED_HOSTS
DATABASES = {"default": _here.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "csp",
    "rules",
    "socle_web.audit",
    "socle_web.accounts",
    "socle_web.places",
    "socle_web.schemes",
    "socle_web.coverage",
    "socle_web.results",
    "socle_web.desk",
    "socle_web.pages",
    "socle_web.api",
    "allauth",  # after our rooms, whose templates stand in front of its own
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is not even asked for the password
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "socle_web.project.language.SpeakTheReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "socle_web.accounts.gate.Gate",
    "axes.middleware.AxesMiddleware",
    "socle_web.pages.shortage.SayCalmly",
]
ROOT_URLCONF = "socle_web.project.urls"
WSGI_APPLICATION = "socle_web.project.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

PRIVATE_FILES = _here.files
FILE_UPLOAD_HANDLERS = [
    "socle_web.results.receiving.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # the style sheet is served from the packages: nothing to collect before the first page
WHITENOISE_MAX_AGE = 0 if DEBUG else 600

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 200}}}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600  # of doing nothing; the gate renews it
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "socle_web.results.views.door.csrf_failed"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "socle_web.accounts.sign_in.SignIn"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Socle: "
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _here.SOCLE_HTTP else "https"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,12/300s/key", "reset_password": "10/m/ip,3/10m/key"}  # the rest as allauth has it
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Socle"
SOCLE_MFA = _here.SOCLE_MFA
BEHIND_PROXY = _here.SOCLE_BEHIND_PROXY

OPENID_CONNECT = _here.openid_connect
SOCIALACCOUNT_ADAPTER = "socle_web.accounts.sign_in.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OPENID_CONNECT}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only of an address the issuer says it verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
if OPENID_CONNECT:  # a browser applies form-action to where the form's answer sends it, too
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("{0.scheme}://{0.netloc}".format(urlsplit(_here.OIDC_ISSUER)))

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "socle_web.accounts.lock_out.named"
AXES_CLIENT_IP_CALLABLE = "socle_web.accounts.sign_in.address_of"
AXES_HANDLER = "socle_web.accounts.lock_out.Watching"
AXES_LOCKOUT_CALLABLE = "socle_web.accounts.lock_out.say_locked_out"

globals().update(_here.email)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _here.EMAIL_FROM

if not _here.SOCLE_HTTP:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if _here.SOCLE_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "socle_web.project.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
