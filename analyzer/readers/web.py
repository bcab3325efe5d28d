"""placeholder"""
def read_page(text, layout):
    raise NotImplementedError
