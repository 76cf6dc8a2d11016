"""The benchmark suite: qc beside what people would use instead, as ratios inside one run."""
