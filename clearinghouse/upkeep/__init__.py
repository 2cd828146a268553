"""Keeping the library true and well: dated facts, health, reports."""
