"""The grammar: rules that read one part of a rhythm each, from a place in the lexemes."""
