"""Secrets in the traces of protocols, as client and server exchange them."""
