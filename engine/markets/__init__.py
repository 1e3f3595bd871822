"""From candidates to the countries where a crop's product is sold."""
