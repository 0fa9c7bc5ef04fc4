"""One window for one user: a second start asks the first to come forward, and goes. Which is the first, a lock says
(`reviewer.library.runs`)."""

from __future__ import annotations

import json
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from reviewer.library.folders import UserFolders, key

ANSWER = 3000
"""Milliseconds within which a window that is open has to answer."""
_MOST = 100_000


def _name(folders: UserFolders) -> str:
    return f"reviewer-{key(folders.data)}"


def ask_first(folders: UserFolders, path: Path | None) -> bool:
    """Ask the window that is open to come forward with a file or folder; False where it does not answer."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folders))
    if not socket.waitForConnected(ANSWER):
        return False
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    said = {"open": str(path.absolute()) if path is not None else "", "token": token}
    socket.write(json.dumps(said).encode() + b"\n")
    socket.flush()
    return socket.waitForReadyRead(ANSWER) and bytes(socket.readAll().data()).startswith(b"ok")


class Listener(QObject):
    """Hears later starts. `asked` carries the path that one was called with, empty for none, and its token for coming forward."""

    asked = Signal(str, str)

    def __init__(self, folders: UserFolders, parent: QObject) -> None:
        super().__init__(parent)
        name = _name(folders)
        QLocalServer.removeServer(name)  # what a crash left in the way: the lock says that nobody listens there
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._server.listen(name)

    def _connected(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST:
                socket.abort()
            return
        try:
            said = json.loads(bytes(socket.readLine(_MOST).data()))
            path, token = str(said["open"]), str(said["token"])
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        self.asked.emit(path, token)

    def end(self) -> None:
        """Hear no more."""
        self._server.close()
