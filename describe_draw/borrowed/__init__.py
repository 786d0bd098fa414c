"""What the app borrows from the insides of Gradio and uvicorn; each has a test that names it."""
