"""The baseline: a Gradio app with nothing in it."""

import gradio as gr

with gr.Blocks() as demo:
    gr.Markdown("Nothing.")

if __name__ == "__main__":
    demo.launch(quiet=True)
