"""Checks of clips: container, picture, sound, access and rights."""
