"""Records, passages and findings of disclosures, and the vocabulary of the field that reading and answering share."""
