"""The sign for what is not shown."""

DOLT = ".."  # stands in a cell that is not shown, primary and complementary alike
