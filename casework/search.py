"""Search: by words with Indonesian stemming, and by trigram where a word is misspelt."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

MAX_QUERY = 200


def matching(words: str) -> Q:
    """Cases whose subject or text has the words, or words much like them."""
    words = words.replace("\x00", "")[:MAX_QUERY]
    stemmed = SearchQuery(words, config="indonesian", search_type="websearch")
    return (
        Q(search=stemmed)
        | Q(subject__trigram_word_similar=words)
        | Q(text__trigram_word_similar=words)
    )
