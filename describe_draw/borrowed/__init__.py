"""What the app borrows from the insides of others; each has a test that names it."""
