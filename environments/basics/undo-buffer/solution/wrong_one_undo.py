class TextBuffer:
    def __init__(self, text=""):
        self.text = text
        self.before = None
        self.after = None

    def insert(self, position, piece):
        if not 0 <= position <= len(self.text):
            raise IndexError("position")
        self.before = self.text
        self.after = None
        self.text = self.text[:position] + piece + self.text[position:]
        return len(self.text)

    def delete(self, position, count):
        if not 0 <= position <= len(self.text):
            raise IndexError("position")
        if count < 0:
            raise ValueError("count")
        self.before = self.text
        self.after = None
        removed = self.text[position : position + count]
        self.text = self.text[:position] + self.text[position + count :]
        return removed

    def undo(self):
        if self.before is None:
            raise IndexError("nothing to undo")
        self.after, self.text, self.before = self.text, self.before, None
        return self.text

    def redo(self):
        if self.after is None:
            raise IndexError("nothing to redo")
        self.before, self.text, self.after = self.text, self.after, None
        return self.text
