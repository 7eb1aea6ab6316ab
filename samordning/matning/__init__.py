"""./start bench: speed as ratios against a floor measured in the same run (plattform.md, "Speed bars")."""
