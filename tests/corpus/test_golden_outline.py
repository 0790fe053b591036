"""The five shipped documents keep their clauses: ids, kinds, headings and spans, and what they say about themselves."""

import hashlib

import pytest

from corpus.collection import Collection

# SHA-256 over what ``outline_digest`` puts together. A changed value means that addresses people have quoted changed:
# read the difference in the tree before writing a new one here, and say in the changelog which passages it touches.
GOLDEN = {
    "chengdu-2020-chain-stabilising": "2bb19790a56066c18ccf03b07260b2f9df6dee6ee5bd6b72a33e7a816c223e59",
    "chengdu-2023-six-plans": "ce2726ef20e5081ab3031fd21fff9cc8525e10442af2094812414038cd54ac40",
    "chongqing-2021-five-plans": "d991a2f10fd94b532d6d4597ebe816f4574dd208b24d10b2e1310082644c633e",
    "sanming-2020-twelve-measures": "6101f050c1d718801c4127cd984e3a979714c9694931aeb409dcd08c98f35ecc",
    "xiangyang-2021-chain-chiefs": "f62cca11491e5f93f3c57b0f486aaddba514c5ef0179cc922ce15906e3dc6cf3",
}


def outline_digest(collection: Collection, document_id: str) -> str:
    document = collection.document(document_id)
    read = [
        (c.id, c.kind.value, c.label, c.heading, c.address, c.start, c.end, c.departments, c.part)
        for c in document.clauses
    ]
    return hashlib.sha256(repr((read, document.metadata)).encode()).hexdigest()


def test_every_shipped_document_has_a_golden_outline(collection: Collection) -> None:
    assert sorted(GOLDEN) == sorted(document.id for document in collection.documents)


@pytest.mark.parametrize("document_id", GOLDEN)
def test_the_outline_of_a_shipped_document_stays_as_it_is(collection: Collection, document_id: str) -> None:
    assert outline_digest(collection, document_id) == GOLDEN[document_id]
