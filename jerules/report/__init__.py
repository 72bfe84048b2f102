"""Explanations laid out for their readers: terminal, Markdown, HTML and JSON.

A renderer prints what it is given; it neither decides nor explains.
"""
