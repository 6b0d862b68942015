"""PDFium：一个进程里同时只读一份文件，核对、预览、打印共用一把锁。"""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
"""Held around every call of PDFium; the library is not made for several threads."""
