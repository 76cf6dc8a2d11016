"""Vietnamese text from before Unicode: TCVN3, VNI, VISCII and VIQR, found and converted."""
