"""Many datagrams a system call: recvmmsg and sendmmsg of the C library, which Python lacks."""

import ctypes
import socket
from collections.abc import Sequence
from struct import Struct as Layout

SO_TIMESTAMPNS = 35  # asm-generic/socket.h; the kernel's time stamp, of CLOCK_REALTIME
SO_MEMINFO, DROPS = 55, 8  # the same; linux/sock_diag.h: the ninth number
UDP_SEGMENT = 103  # linux/udp.h
MOST = 1024  # messages a call (UIO_MAXIOV)
_CONTROL = 32  # bytes: a cmsghdr and a timespec of 64 bits
_STAMP = Layout("16xqq")
_ADDRESS = Layout("=H2s4s8x")  # sockaddr_in


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("vector", ctypes.c_void_p),
        ("vectors", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_size_t),  # an int and its padding
        ("length", ctypes.c_size_t),  # the same
    )


_libc = ctypes.CDLL(None, use_errno=True)
_recvmmsg, _sendmmsg = _libc.recvmmsg, _libc.sendmmsg
_recvmmsg.argtypes = (
    *(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int),
    ctypes.c_void_p,
)
_sendmmsg.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int)
_LENGTH = _Message.length.offset // 4
_EACH = ctypes.sizeof(_Message)


class Inbox:
    """Room for so many datagrams of so many bytes; what is longer loses its end."""

    def __init__(self, many: int, size: int, *, stamped: bool) -> None:
        self.many, self.size = many, size
        self._data = ctypes.create_string_buffer(many * size)
        self._stamps = ctypes.create_string_buffer(many * _CONTROL)
        self._vectors = (_Vector * many)()
        self._messages = (_Message * many)()
        data, stamps = ctypes.addressof(self._data), ctypes.addressof(self._stamps)
        for n, (vector, message) in enumerate(zip(self._vectors, self._messages, strict=True)):
            vector.base, vector.length = data + n * size, size
            message.vector, message.vectors = ctypes.addressof(vector), 1
            if stamped:
                message.control, message.control_length = stamps + n * _CONTROL, _CONTROL
        self._pristine = bytes(self._messages)
        self._lengths = memoryview(self._messages).cast("B").cast("I")
        self.view = memoryview(self._data).cast("B")

    def read(self, descriptor: int) -> int:
        """How many came; 0 where nothing is there."""
        ctypes.memmove(self._messages, self._pristine, len(self._pristine))
        return max(
            0, int(_recvmmsg(descriptor, self._messages, self.many, socket.MSG_DONTWAIT, None))
        )

    def datagram(self, number: int) -> bytes:
        length = self._lengths[number * _EACH // 4 + _LENGTH]
        return bytes(self.view[number * self.size : number * self.size + length])

    def stamp(self, number: int) -> int:
        """Nanoseconds of CLOCK_REALTIME when the kernel had it."""
        seconds, nanoseconds = _STAMP.unpack_from(self._stamps, number * _CONTROL)
        return int(seconds * 1_000_000_000 + nanoseconds)


class Outbox:
    """The same bytes to many ports of this machine, at once."""

    def __init__(self, ports: Sequence[int], data: bytes) -> None:
        self._data = ctypes.create_string_buffer(data, len(data))
        self._vector = _Vector(ctypes.addressof(self._data), len(data))
        addresses = b"".join(
            _ADDRESS.pack(socket.AF_INET, port.to_bytes(2, "big"), b"\x7f\0\0\1") for port in ports
        )
        self._addresses = ctypes.create_string_buffer(addresses, len(addresses))
        self._messages = (_Message * len(ports))()
        for n, message in enumerate(self._messages):
            message.name = ctypes.addressof(self._addresses) + n * _ADDRESS.size
            message.name_length = _ADDRESS.size
            message.vector, message.vectors = ctypes.addressof(self._vector), 1

    def send(self, descriptor: int) -> int:
        """How many the kernel took."""
        sent, many = 0, len(self._messages)
        while sent < many:
            rest = ctypes.byref(self._messages, sent * _EACH)
            took = int(_sendmmsg(descriptor, rest, min(MOST, many - sent), 0))
            if took <= 0:
                break
            sent += took
        return sent


def overruns(bound: socket.socket) -> int:
    """Datagrams the kernel threw away because nobody had read those before them."""
    return int.from_bytes(
        bound.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36)[4 * DROPS :], "little"
    )
