# Sourced by the commands beside it: a Python of the right age, and a .venv with what is pinned.
# `use_environment requirements.txt` leaves $VENV_PYTHON ready; it costs nothing when nothing changed.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

stop() {
    echo "$*" >&2
    exit 1
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Tanggap needs Python 3.11 or newer; here is $("${PYTHON:-python3}" --version 2>&1 || true)." \
        "On Debian: apt-get install python3 python3-venv"
}

make_venv() {
    local python
    python="$(find_python)" || exit 1
    # A stranger's first minute: say what is missing before anything is half made.
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "Python's venv module is missing. On Debian: apt-get install python3-venv"
    echo "Making .venv …" >&2
    "$python" -m venv --clear .venv || stop "The .venv could not be made."
}

use_environment() {
    VENV_PYTHON="$PWD/.venv/bin/python"
    local wanted marker=".venv/installed-$1"
    wanted="$(cat requirements.txt "$1" | cksum)"
    [ "$(cat "$marker" 2>/dev/null)" != "$wanted" ] || return 0
    # Of several starters one installs, and the others wait; the lock ends with the subshell.
    (
        if command -v flock >/dev/null; then flock 9; fi
        install_requirements "$1" "$wanted" "$marker" 9<&-
    ) 9<bin/environment.sh || exit 1
}

install_requirements() {
    if [ "$(cat "$3" 2>/dev/null)" != "$2" ]; then
        # Without pip it was left half made.
        "$VENV_PYTHON" -m pip --version >/dev/null 2>&1 || make_venv
        echo "Installing $1 …" >&2
        "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --prefer-binary -r "$1" ||
            stop "The requirements could not be installed: see the lines above."
        echo "$2" >"$3"
        # What developers install holds what the program needs: bin/run need not look again.
        cat requirements.txt requirements.txt | cksum >.venv/installed-requirements.txt
    fi
}
