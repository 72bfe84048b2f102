"""V15: every statement rests on a paragraph that exists, and every paragraph is encoded or listed with a reason."""
