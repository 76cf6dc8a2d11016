"""NukeViet: a side-car that checks articles waiting for review and writes the answer back."""
