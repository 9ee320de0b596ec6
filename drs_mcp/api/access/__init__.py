"""How a request proves who asks: credentials, their sources and renewal, tokens and signatures."""
