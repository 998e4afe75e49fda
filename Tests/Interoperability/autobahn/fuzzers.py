"""The converted suite's fuzzing client and server, with autobahn beneath them: `fuzzing` with what Python 3 needs."""

import sys
import types

# Imported and not used: nothing here is encrypted, and the reports that fuzzing writes need no templates.
sys.modules["twisted.internet.ssl"] = types.SimpleNamespace(ClientContextFactory=lambda: None)
sys.modules["jinja2"] = types.ModuleType("jinja2")

import txaio

txaio.use_twisted()

from autobahntestsuite import fuzzing
from python2 import octets, text


class Latin1:
    """Between the suite, whose strings are Latin-1, and autobahn, which takes and gives bytes."""

    def connectionLost(self, reason):
        self.localCloseReason = text(self.localCloseReason)
        self.remoteCloseReason = text(self.remoteCloseReason)
        for name in ["http_request_data", "http_response_data"]:
            setattr(self, name, text(getattr(self, name, "?")))
        super().connectionLost(reason)

    def sendFrame(self, opcode, payload="", payload_len=None, **named):
        """How often a payload is repeated autobahn finds by /, which makes a fraction in Python 3."""
        payload = octets(payload)
        if payload_len is not None:
            payload = (payload * (payload_len // len(payload) + 1))[:payload_len]
        super().sendFrame(opcode, payload=payload, **named)

    def logRxFrame(self, header, payload):
        super().logRxFrame(header, [text(piece) for piece in payload])


def crossing(name, convert):
    """Gives Latin1 a method that converts what it is called with."""

    def method(self, *arguments, **named):
        arguments = [convert(value) for value in arguments]
        return getattr(super(Latin1, self), name)(*arguments, **{key: convert(named[key]) for key in named})

    setattr(Latin1, name, method)


for name in ["sendMessage", "sendCloseFrame", "sendMessageFrame", "sendMessageFrameData", "sendPing"]:
    crossing(name, octets)
for name in ["onMessage", "onPong", "logTxFrame"]:
    crossing(name, text)


class Client(Latin1, fuzzing.FuzzingClientProtocol):
    pass


class Server(Latin1, fuzzing.FuzzingServerProtocol):
    pass


# By these names the factories make them.
fuzzing.FuzzingClientProtocol = Client
fuzzing.FuzzingServerFactory.protocol = Server
# The pages would be for a browser; whoever reads the reports here reads JSON.
reports = fuzzing.FuzzingFactory.createReports
fuzzing.FuzzingFactory.createReports = lambda factory: reports(factory, produceHtml=False)
