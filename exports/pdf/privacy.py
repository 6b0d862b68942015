"""联系人里的电话：打印前遮住中间的数字。"""

from __future__ import annotations

from models.domain.privacy import masked_contact


def contact_words(contact: str, *, masked: bool) -> str:
    """A contact as it is printed; masked, of every number only the first three and last digits are left."""
    return masked_contact(contact) if masked else contact
