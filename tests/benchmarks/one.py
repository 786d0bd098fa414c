"""What a page of one's own costs at least: a Gradio app with one piece of HTML in it."""

import gradio as gr

with gr.Blocks() as demo:
    gr.HTML("<p>Nothing.</p>")

if __name__ == "__main__":
    demo.launch(quiet=True, ssr_mode=False, footer_links=["api", "settings"])
