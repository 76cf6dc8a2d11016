"""The store: reports, jobs, tokens, approvals, waivers, words and the audit log in a database."""
