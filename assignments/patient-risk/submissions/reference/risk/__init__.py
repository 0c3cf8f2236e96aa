"""Five-year risk of patients with fatty liver: hospital exports in, probabilities and clean notes out."""
