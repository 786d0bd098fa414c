"""What models are told, and how long their answers may be."""

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
CAPTION_TOKENS = {"short": 80, "detailed": 400, "alt text": 100, "tags": 120}
ROOM = 2
"""How many times as long an answer in another language may be: the same takes 2 to 6 times the
tokens of English (Petrov et al., https://arxiv.org/abs/2305.15425), of which the above leave
room for three."""

PROMPT_TOKENS = 400
"""For a prompt that is translated or improved."""

WRITING_TOKENS = 2048
"""For an answer to a visitor's question."""

THINKING_TOKENS = 4096
"""For an answer of a model that thinks before it says anything."""


def caption_prompt(style: str, language: str = "", instruction: str = "") -> str:
    """What to ask for a caption of a style, or by an instruction, in a language of `LANGUAGES`."""
    asked = instruction or CAPTION_PROMPTS[style]
    return f"{asked} Write it in {LANGUAGES[language]}." if language else asked


def caption_tokens(style: str, language: str = "", instruction: str = "") -> int:
    """How long a caption may be; what an instruction asks for may be as long as any."""
    tokens = max(CAPTION_TOKENS.values()) if instruction else CAPTION_TOKENS[style]
    return tokens * (ROOM if language else 1)
