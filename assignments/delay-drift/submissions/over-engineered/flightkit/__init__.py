"""FlightKit: an extensible delay prediction framework."""
