"""What Python 2 had and the converted suite misses: strings of bytes.

A `str` of the suite stays a `str`, each character of it a byte (Latin-1). It becomes bytes where autobahn or the standard
library takes it, and bytes that come from there become such a `str`.
"""

import binascii as _binascii
import builtins
import hashlib as _hashlib

from autobahn.websocket import utf8validator as _utf8validator


def octets(value):
    """Bytes for what was a string of bytes; everything else is left as it is."""
    return value.encode("latin-1") if isinstance(value, str) else value


def text(value):
    """The opposite of `octets`."""
    return bytes(value).decode("latin-1") if isinstance(value, (bytes, bytearray)) else value


def encoded(value, encoding="ascii", errors="strict"):
    """`value.encode(…)`"""
    return text(value.encode(encoding, errors))


def decoded(value, encoding="ascii", errors="strict"):
    """`value.decode(…)`"""
    return octets(value).decode(encoding, errors)


def open(path, mode="r"):
    """A file of bytes, whatever the mode says."""
    return builtins.open(path, mode.replace("b", ""), encoding="latin-1", newline="")


class binascii:
    @staticmethod
    def hexlify(value):
        return text(_binascii.hexlify(octets(value)))

    b2a_hex = hexlify


class hashlib:
    class sha1:
        def __init__(self):
            self._hash = _hashlib.sha1()

        def update(self, value):
            self._hash.update(octets(value))

        def digest(self):
            return text(self._hash.digest())


class Utf8Validator:
    def __init__(self):
        self._validator = _utf8validator.Utf8Validator()

    def reset(self):
        self._validator.reset()

    def validate(self, value):
        return self._validator.validate(octets(value))
