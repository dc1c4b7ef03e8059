"""Readers: one module for each file format, each giving pages."""
