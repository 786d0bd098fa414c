"""What models are told, and how long their answers may be."""

from describe_draw.caption_options import CaptionOptions
from describe_draw.languages import LANGUAGES

CAPTION_PROMPTS = {
    "short": "Describe this picture in one plain sentence of at most 20 words. "
    "Answer with the sentence alone.",
    "detailed": "Describe this picture in three to five plain sentences: what is in it, what is "
    "going on, the setting, the light and the style. Answer with the description alone, without "
    "headings or lists.",
    "alt text": "Write the alternative text of this picture for people who can't see it: what "
    "matters in it, at most 125 characters, without 'image of' or 'picture of'. Answer with the "
    "text alone.",
    "tags": "Name what is in this picture in 5 to 12 tags, lower case, separated by commas. "
    "Answer with the tags alone.",
}
ALT_PROMPTS = {
    "link": "This picture is a link or a button of a web page. Write its alternative text for "
    "people who can't see it: where it leads or what it does, not what it looks like, at most 60 "
    "characters, without 'link to' or 'button'. Answer with the text alone.",
    "text": "This is a picture of text. Write its alternative text for people who can't see it: "
    "the words in it, exactly as they stand. Answer with the words alone.",
    "complex": "This is a chart, a map or a diagram. For people who can't see it, write first its "
    "alternative text in one line of at most 125 characters: what kind of picture it is, of what. "
    "Then an empty line. Then a long description: its parts, how they belong together, the values "
    "that can be read, and what they show as a whole. Answer with these alone, without headings.",
}
"""For what a picture is there besides informing."""

CAPTION_TOKENS = {"short": 80, "detailed": 400, "alt text": 100, "tags": 120}
ROOM = 2
"""How many times as long an answer in another language may be: the same takes 2 to 6 times the
tokens of English (Petrov et al., https://arxiv.org/abs/2305.15425), of which the above leave
room for three."""

TOKENS_A_WORD = 2
"""More than English and its kin take, by the same."""

PROMPT_TOKENS = 400
"""For a prompt that is translated or improved."""

WRITING_TOKENS = 2048
"""For an answer to a visitor's question."""

THINKING_TOKENS = 4096
"""For an answer of a model that thinks before it says anything."""


def caption_prompt(asked: CaptionOptions) -> str:
    """What to say to a model that is told in words how to describe."""
    if asked.instruction:
        said = asked.instruction
    else:
        said = ALT_PROMPTS[asked.purpose] if asked.is_for_more else CAPTION_PROMPTS[asked.style]
    if asked.context:
        said += f" The page says of it: {asked.context!r}."
    if asked.min_words or asked.max_words:
        said += f" {_length(asked)}"
    return f"{said} Write it in {LANGUAGES[asked.language]}." if asked.language else said


def _length(asked: CaptionOptions) -> str:
    least, most = asked.min_words, asked.max_words
    bounds = f"{least} to {most}" if least and most else f"at least {least}" if least else ""
    return f"Use {bounds or f'at most {most}'} words, whatever length was named before."


def caption_tokens(asked: CaptionOptions) -> int:
    """How long a caption may be; what an instruction asks for may be as long as any."""
    is_open = asked.instruction or asked.is_for_more
    tokens = max(CAPTION_TOKENS.values()) if is_open else CAPTION_TOKENS[asked.style]
    words = max(asked.min_words, asked.max_words)
    return max(tokens, TOKENS_A_WORD * words) * (ROOM if asked.language else 1)
