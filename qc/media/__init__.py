"""Checks of images and video."""
