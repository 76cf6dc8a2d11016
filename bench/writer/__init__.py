"""LibreOffice Writer as a client of `qc serve`: a driver, a recorder, and a measurement."""
