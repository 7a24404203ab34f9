"""Ways out: what carries an allowed message away."""
