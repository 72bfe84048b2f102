"""V16: within a factor a word has one meaning."""
