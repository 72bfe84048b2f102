"""Small rule books for tests: a text under the headings of factor 13, beside the records of ``base.jer``."""

from pathlib import Path

from jerules.documents.text import Source
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme

HERE = Path(__file__).parent
HEAD = 'scheme nhs\nfactor 13 "Physical effort"\n'


def files_of(texts: tuple[str, ...]) -> list[Source]:
    """The base file and these, each under the headings of factor 13 unless it has its own."""
    base = Source("base.jer", (HERE / "base.jer").read_text(encoding="utf-8"))
    whole = [text if text.startswith(("scheme", "factor")) else HEAD + text for text in texts]
    return [base, *(Source(f"case{number or ''}.jer", text) for number, text in enumerate(whole))]


def book(*texts: str) -> RuleBook:
    """The rule book of these texts and the base; raises ``Faulty`` as loading does."""
    return book_of(load_scheme("nhs"), files_of(texts))
