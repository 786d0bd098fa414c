"""How the page looks: warm paper, violet ink."""

from gradio.themes import Base, Color, sizes

PAPER = Color(
    name="paper",
    c50="#faf8f5",
    c100="#f3f0ea",
    c200="#e6e1d8",
    c300="#d3ccc0",
    c400="#a69d90",
    c500="#7a7268",
    c600="#5d564e",
    c700="#453f39",
    c800="#2c2824",
    c900="#1e1b19",
    c950="#151311",
)
INK = Color(
    name="ink",
    c50="#f4f2ff",
    c100="#e9e5ff",
    c200="#d5cdff",
    c300="#b7a8fb",
    c400="#9a85f5",
    c500="#7c62e8",
    c600="#6446cf",
    c700="#5236ae",
    c800="#42308a",
    c900="#372a6d",
    c950="#221945",
)


def theme() -> Base:
    """The app's theme: the system's fonts, readable contrast light and dark."""
    return Base(
        primary_hue=INK,
        secondary_hue=INK,
        neutral_hue=PAPER,
        radius_size=sizes.radius_lg,
        font=("system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    ).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        block_background_fill="white",
        block_background_fill_dark="*neutral_900",
        block_border_width="1px",
        block_shadow="0 1px 2px rgb(30 27 25 / 0.06)",
        block_shadow_dark="none",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_400",
        input_background_fill="*neutral_50",
        input_background_fill_dark="*neutral_800",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="white",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        slider_color="*primary_600",
    )
