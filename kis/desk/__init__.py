"""The pages that span features: queues, the case page, and what saves facts or marks."""
