"""What engines that answer over the network share: who pays, connections, retries, wording."""
