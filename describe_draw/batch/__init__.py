"""Many pictures: what came in, their captions, and what is made of both."""
