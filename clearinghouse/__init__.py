"""A searchable resource library and clearing house for mental health peer support."""
