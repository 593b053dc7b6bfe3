"""How does a test ask the YAML language server, as an editor would?

The server is a program of Node.js that reads and writes messages of the Language Server
Protocol: a header with the length, then JSON.
"""

import json
import os
import subprocess
import threading
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "node_modules/yaml-language-server/bin/yaml-language-server"
LONGEST_S = 300
"""After this many seconds the server is ended, so that a test never waits for ever."""

OWN_SCHEMAS_ONLY = {"yaml": {"schemaStore": {"enable": False}}}
"""Settings of an editor that asks no other computer for schemas."""


class Editor:
    """An editor with files open and a language server beside it."""

    def __init__(self, folder):
        self._numbers = count(1)
        self._marked = {}
        # A Node.js of the project's own comes first, where one had to be installed.
        path = f"{ROOT / '.tools/node/bin'}{os.pathsep}{os.environ['PATH']}"
        self._server = subprocess.Popen(
            ["node", str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PATH": path},
        )
        self._watch = threading.Timer(LONGEST_S, self._server.kill)
        self._watch.start()
        able = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        here = {"processId": None, "rootUri": folder.as_uri(), "capabilities": able}
        self._ask("initialize", here)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": OWN_SCHEMAS_ONLY})

    def close(self):
        """End the server."""
        self._watch.cancel()
        self._server.kill()
        self._server.communicate()

    def marked(self, path, text):
        """Return what the server says of `text` in a new file beside `path`."""
        return [told["message"] for told in self._marked[self._opened(path, text)]]

    def completions(self, path, text):
        """Return name -> explanation of what is proposed where `▮` stands in `text`."""
        found = self._ask_at("completion", path, text)
        return {one["label"]: one.get("documentation") for one in found["items"]}

    def hover(self, path, text):
        """Return what is shown over the word at `▮` in `text`."""
        return self._ask_at("hover", path, text)["contents"]["value"]

    def _opened(self, path, text):
        """Open a file of its own, where nothing is left of what stood there before."""
        uri = path.with_name(f"{next(self._numbers)}-{path.name}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._marked:
            self._answer(self._read())
        return uri

    def _ask_at(self, what, path, text):
        before, _, after = text.partition("▮")
        line = before.count("\n")
        place = {
            "textDocument": {"uri": self._opened(path, before + after)},
            "position": {
                "line": line,
                "character": len(before) - (before.rfind("\n") + 1),
            },
        }
        return self._ask(f"textDocument/{what}", place)

    def _ask(self, method, params):
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._answer(message)

    def _tell(self, method, params):
        self._send({"method": method, "params": params})

    def _answer(self, message):
        """Take what the server tells, and answer what it asks."""
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            told = message["params"]
            self._marked[told["uri"]] = told["diagnostics"]
        elif method == "workspace/configuration":
            sections = [item.get("section") for item in message["params"]["items"]]
            settings = [OWN_SCHEMAS_ONLY.get(section) for section in sections]
            self._send({"id": message["id"], "result": settings})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _read(self):
        size = 0
        for header in iter(self._server.stdout.readline, b"\r\n"):
            assert header, "the language server has ended"
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        return json.loads(self._server.stdout.read(size))
