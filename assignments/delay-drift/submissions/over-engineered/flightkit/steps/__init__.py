"""Steps of FlightKit. Importing this package registers them."""

from flightkit.steps import features, loading, models

__all__ = ["features", "loading", "models"]
