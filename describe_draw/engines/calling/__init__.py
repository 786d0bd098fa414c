"""What engines that answer over the network share: deadlines, retries, failures, clean text."""
