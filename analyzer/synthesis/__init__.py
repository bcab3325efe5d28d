"""Labelled synthetic reports."""
