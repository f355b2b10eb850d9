"""The desk: enquiries from any channel, handed over between parties, answered."""
