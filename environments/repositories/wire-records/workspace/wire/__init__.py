"""Packs records into bytes."""
