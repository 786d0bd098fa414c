"""The baseline for many visitors: a Gradio app whose handlers do nothing but sleep."""

import asyncio
from pathlib import Path

import gradio as gr

PICTURE = str(Path(__file__).parents[2] / "examples" / "cows.png")
SECONDS = 1
AT_ONCE = 50
"""As many as the app lets run by default."""


async def caption(image: str, style: str, model: str) -> str:
    await asyncio.sleep(SECONDS)
    return "a cat"


async def generate(prompt: str, seed: float) -> tuple[str, float]:
    await asyncio.sleep(SECONDS)
    return PICTURE, seed


with gr.Blocks() as demo:
    image = gr.Image(type="filepath", image_mode=None, label="image")
    style, model, prompt, answer = (gr.Textbox() for _ in range(4))
    seed = gr.Number()
    drawn = gr.Image(type="filepath", format="png")
    gr.on([], caption, [image, style, model], answer, concurrency_limit=AT_ONCE)
    gr.on([], generate, [prompt, seed], [drawn, seed], concurrency_limit=AT_ONCE)

if __name__ == "__main__":
    demo.launch(quiet=True, max_threads=400)
