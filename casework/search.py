"""Search: by words with Indonesian stemming, and by likeness where a word is misspelt."""

from django.contrib.postgres.search import (
    SearchQuery,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Greatest

from casework.models import Case
from casework.querysets import CaseQuerySet

MAX_QUERY = 200
#: Words that more cases than this have are common: their cases are met soon, in any order.
RARE = 1_000
#: Of cases whose words are only like those asked, no more than the most alike are found.
MOST_ALIKE = 200
#: A second complaint about the same is looked for among so many of the newest live cases: enough
#: for months of most agencies, and the cost stays the same as cases grow.
LATELY = 1_000
SIMILAR_FROM, MOST_SIMILAR = 0.4, 5


class Stemmed(SearchQuery):
    """Words as people type them into a search, with Indonesian stemming (migration 0008)."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.function = "casework_query"


def found_in(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """The cases that have the words; where none has them, those with words much like them."""
    words = words.replace("\x00", "")[:MAX_QUERY]
    having = _having(words)
    if len(having) > RARE:
        return cases.filter(search=Stemmed(words))
    found = cases.filter(pk__in=having)
    return found if having and found.exists() else _alike(cases, words)


def _having(words: str) -> list[int]:
    """The ids of cases that have the words, whoever asks: one more than are rare at most."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_having(%s, %s)", [words, RARE + 1])
        return [pk for (pk,) in cursor.fetchall()]


def _alike(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Taken apart first: the planner believes likeness to be common, and would read every case."""
    likeness = Greatest(
        TrigramWordSimilarity(words, "subject"), TrigramWordSimilarity(words, "text")
    )
    alike = Q(subject__trigram_word_similar=words) | Q(text__trigram_word_similar=words)
    most = cases.filter(alike).order_by(likeness.desc(), "-pk")[:MOST_ALIKE]
    return cases.filter(pk__in=most.values("pk"))


def similar_to(case: Case, cases: CaseQuerySet) -> CaseQuerySet:
    """Of these cases the live ones that may be about the same, the most alike first.

    Alike are the two subjects, or the subject and a passage of the other's text; complaints of
    one day about one pipe are worded by different people.
    """
    lately = cases.live().exclude(pk=case.pk).order_by("-received_at", "-pk")[:LATELY]
    likeness = Greatest(
        TrigramSimilarity("subject", case.subject),
        TrigramWordSimilarity(case.subject, "text"),
    )
    found = cases.filter(pk__in=lately.values("pk")).annotate(likeness=likeness)
    return found.filter(likeness__gte=SIMILAR_FROM).order_by("-likeness", "-pk")[:MOST_SIMILAR]
