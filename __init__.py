"""Sendlaw: decides, before a business text message leaves, whether it may leave."""
