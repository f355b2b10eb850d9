"""Tables of promises and recommendations, as they came to be."""
