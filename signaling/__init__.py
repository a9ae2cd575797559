"""The live server: signaling and the forwarding of packets."""
