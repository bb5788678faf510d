"""Tests of reading digest files."""
