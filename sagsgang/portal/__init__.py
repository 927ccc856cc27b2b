"""The public site. Reads released copies in the schema `pub`, as the role `sagsgang_portal`, and nothing else."""
