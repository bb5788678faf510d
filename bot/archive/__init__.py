"""The searchable index of all papers, derived from the digests: it can be deleted at any time. Imports the domain."""
