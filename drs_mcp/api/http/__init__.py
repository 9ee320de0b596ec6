"""What every HTTP exchange needs: clients, endpoints, bounded bodies, retries and limits."""
