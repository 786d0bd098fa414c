# For those who host it themselves: docker build -t describe-draw . && docker run -p 7860:7860 …
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 app
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY app.py README.md LICENSE ./
COPY describe_draw describe_draw
COPY examples examples

USER app
ENV GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=7860
EXPOSE 7860
CMD ["python", "app.py"]
