"""Paper Digest: a Discord bot that delivers a daily digest of research papers and remembers every one."""
