"""The audit of a whole portal: does it carry what it must, and is it alive?"""
