"""The words of the field: topics and what finds them, the glossary, and words that suggest a crisis."""
