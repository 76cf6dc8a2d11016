"""qc: the gate before publication on Vietnamese school portals."""
