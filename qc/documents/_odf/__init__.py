"""OpenDocument text: names, styles and paragraphs of .odt files."""
