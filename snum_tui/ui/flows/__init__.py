"""What a person does, step by step: check, ask, hand over to the engine."""
