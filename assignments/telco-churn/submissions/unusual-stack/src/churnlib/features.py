"""Features from the customers table."""
import polars as pl


def read(path: str) -> pl.DataFrame:
    """Read a customers file as text columns."""
    return pl.read_csv(path, infer_schema=False)


def number(column: str) -> pl.Expr:
    """A column as a number; what is none is null."""
    return pl.col(column).str.strip_chars().str.replace(",", ".").cast(pl.Float64, strict=False)


def features(frame: pl.DataFrame) -> pl.DataFrame:
    """Three numbers and a flag."""
    tenure = number("tenure")
    return frame.select(
        pl.when(tenure < 0).then(None).otherwise(tenure).alias("tenure"),
        number("total_charges").alias("total"),
        pl.col("contract").str.to_lowercase().str.contains("month").cast(pl.Float64).alias("monthly"),
    )
