"""Which flights arrive late: cleaning, features, a model that knows when the world changed, a monitor."""
