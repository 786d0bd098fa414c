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
# PORT is what hosts set who choose the port; GRADIO_SERVER_PORT comes before it.
ENV GRADIO_SERVER_NAME=0.0.0.0 PORT=7860
EXPOSE 7860
HEALTHCHECK --start-period=60s --timeout=10s CMD python -c "\
import sys; from http.client import HTTPConnection; \
app = HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=5); \
app.request('GET', '/gradio_api/app_id'); sys.exit(app.getresponse().status != 200)\
" "${GRADIO_SERVER_PORT:-$PORT}"
CMD ["sh", "-c", "GRADIO_SERVER_PORT=${GRADIO_SERVER_PORT:-$PORT}; export GRADIO_SERVER_PORT; exec python app.py"]
