"""密码只交给系统的密码库；没有可靠的密码库时每次都问，绝不写进文件。"""

from __future__ import annotations

from typing import Any

SERVICE = "baoshan-outreach-planner-calendar"
LEAST_PRIORITY = 1
"""Backends below it keep nothing, or keep it where others can read it."""


def can_remember() -> bool:
    """Whether this system has a store for passwords that can be trusted."""
    return _backend() is not None


def remembered_password(url: str, user: str) -> str:
    """The password that was remembered; "" where there is none."""
    backend = _backend()
    try:
        return (backend.get_password(SERVICE, _name(url, user)) or "") if backend else ""
    except Exception:  # noqa: BLE001  a locked or missing store is the same as an empty one
        return ""


def remember_password(url: str, user: str, password: str) -> bool:
    """Afterwards the system's store has the password, or False and it is nowhere."""
    backend = _backend()
    try:
        if backend is not None:
            backend.set_password(SERVICE, _name(url, user), password)
            return True
    except Exception:  # noqa: BLE001  the user refused, or the store is gone
        return False
    return False


def forget_password(url: str, user: str) -> None:
    """Afterwards the system's store does not have it."""
    backend = _backend()
    try:
        if backend is not None and backend.get_password(SERVICE, _name(url, user)) is not None:
            backend.delete_password(SERVICE, _name(url, user))
    except Exception:  # noqa: BLE001  what cannot be opened cannot be forgotten either
        return


def _name(url: str, user: str) -> str:
    return f"{user} {url}"


def _backend() -> Any:
    """The system's store; None for those that keep passwords in plain files, or none at all."""
    try:
        import keyring

        backend = keyring.get_keyring()
        trusted = backend.priority >= LEAST_PRIORITY and "keyrings.alt" not in type(backend).__module__
    except Exception:  # noqa: BLE001  keyring reports missing backends in many ways
        return None
    return backend if trusted else None
