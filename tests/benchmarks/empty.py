"""The baseline: a Gradio app with nothing in it."""

import gradio as gr

with gr.Blocks() as demo:
    pass

if __name__ == "__main__":
    demo.launch(quiet=True, ssr_mode=False, footer_links=["api", "settings"])
