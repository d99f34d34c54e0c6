"""What reading a zip raises that is damaged, or was made to do harm."""

import zlib
from lzma import LZMAError
from struct import error as StructError  # noqa: N812 - it is a class
from zipfile import BadZipFile

BROKEN_ZIP = (
    *(BadZipFile, zlib.error, LZMAError, StructError, EOFError),
    *(KeyError, NotImplementedError, OverflowError, RuntimeError, ValueError),
)
