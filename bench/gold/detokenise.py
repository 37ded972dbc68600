"""Running text from tokens, so that a reader of text can be scored on data that has only tokens."""

from collections.abc import Iterable

OPENING = set("([{“‘«")
CLOSING = set(")]}”’».,;:!?%…")
STRAIGHT = set("\"'")
CONTRACTIONS = ("n't", "n’t", "'s", "’s", "'m", "’m", "'re", "’re", "'ve", "’ve", "'d", "’d", "'ll", "’ll")


def detokenise(tokens: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text, and the characters (start, end) of each token in it.

    Quotation marks whose shape does not tell open and close by turns; hyphens, slashes and marks between digits stand without
    spaces, as they were written ("28/2/2022", "3,46").
    """
    tokens = list(tokens)
    text = ""
    spans = []
    joined = True
    within = False
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        following = tokens[number + 1] if number + 1 < len(tokens) else ""
        by_turns = token in STRAIGHT or token in ("”", "“")
        opens = token in OPENING and not by_turns or by_turns and not within
        closes = by_turns and within or token[0] in CLOSING and not by_turns and not opens
        between = token in ("/", "-", "–") and before[-1:].isalnum() and following[:1].isalnum()
        contraction = token.lower() in CONTRACTIONS or token.lower().startswith(("n't", "n’t"))
        if not (joined or closes or between or contraction):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        joined = opens or between
        if by_turns:
            within = not within
    return text, spans
