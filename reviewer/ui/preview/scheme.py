"""The preview's private address scheme, which has to be known before the first web view exists."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, Qt

SCHEME = "reviewer"
_GL = "QT_XCB_GL_INTEGRATION"
_registered: list[bool] = []
_unset: list[str] = []


def prepare() -> None:
    """What has to be done before the application exists, so that the web engine may come after it.

    Nothing here draws with OpenGL; on X11 its driver, loaded when the engine asks what there is, costs 30 MB and 50 ms.
    """
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if _GL not in os.environ and not os.environ.get("REVIEWER_GPU"):
        os.environ[_GL] = "none"
        _unset.append(_GL)


def settled() -> None:
    """The web engine stands: programs that are opened from here have wishes of their own about OpenGL."""
    while _unset:
        os.environ.pop(_unset.pop(), None)


def register() -> bool:
    """Register the scheme; False where this machine has no web engine. Imports only the engine's core, which takes long."""
    if not _registered:
        _registered.append(_register())
    return _registered[0]


def _register() -> bool:
    try:
        from PySide6.QtWebEngineCore import QWebEngineUrlScheme
    except ImportError:
        return False
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)
    if sys.platform.startswith("linux") and hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses its sandbox to root; a container or a rescue system is where that happens.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    return True
