"""The contracts for programs that are not Python: a JSON Schema for each message, and the AsyncAPI document."""
